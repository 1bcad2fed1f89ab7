# Shards, in their order, are the whole: they are joined, never sorted.


rule gather_table:
    input:
        gather.shards(f"{OUT}/shards/{{{{sample}}}}/{{scatteritem}}.tsv.gz"),
    output:
        f"{OUT}/{{sample}}.tsv.gz",
    log:
        f"{OUT}/logs/gather/{{sample}}.tsv.gz.log",
    conda:
        "../envs/htslib.yaml"
    threads: 2
    params:
        first=lambda wildcards, input: input[0],
        others=lambda wildcards, input: input[1:],
    shell:
        "( ( bgzip -dc {params.first};"
        "    for part in {params.others}; do bgzip -dc $part | tail -n +2; done )"
        " | bgzip -@ {threads} > {output} ) 2> {log}"


rule gather_variants:
    input:
        gather.shards(f"{OUT}/shards/{{{{sample}}}}/{{scatteritem}}.{{{{suffix}}}}"),
    output:
        variants=f"{OUT}/{{sample}}.{{suffix}}",
        index=f"{OUT}/{{sample}}.{{suffix}}.csi",
    log:
        f"{OUT}/logs/gather/{{sample}}.{{suffix}}.log",
    wildcard_constraints:
        suffix=r"vcf\.gz|bcf",
    conda:
        "../envs/htslib.yaml"
    shell:
        "( bcftools concat --naive -o {output.variants} {input} && bcftools index {output.variants} ) 2> {log}"


rule gather_alignments:
    input:
        gather.shards(f"{OUT}/shards/{{{{sample}}}}/{{scatteritem}}.bam"),
    output:
        alignments=f"{OUT}/{{sample}}.bam",
        index=f"{OUT}/{{sample}}.bam.bai",
    log:
        f"{OUT}/logs/gather/{{sample}}.bam.log",
    conda:
        "../envs/htslib.yaml"
    shell:
        "( samtools cat --no-PG -o {output.alignments} {input} && samtools index {output.alignments} ) 2> {log}"


# Each shard's table of what was not scored has one header line.
rule gather_skipped:
    input:
        shards_of("skipped.tsv"),
    output:
        f"{OUT}/{{sample}}.skipped.tsv",
    log:
        f"{OUT}/logs/gather/{{sample}}.skipped.log",
    conda:
        "../envs/htslib.yaml"
    shell:
        "awk 'FNR > 1 || NR == 1' {input} > {output} 2> {log}"
