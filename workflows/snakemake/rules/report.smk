# What was found, of every sample and of all: merged stats, a page, figures, MultiQC.


rule merge_stats:
    input:
        shards_of("stats.json"),
    output:
        stats=f"{OUT}/{{sample}}.stats.json",
        page=report(
            f"{OUT}/{{sample}}.html",
            caption="../report/page.rst",
            category="Samples",
            labels={"sample": "{sample}", "what": "the run"},
        ),
        multiqc=multiext(
            f"{OUT}/multiqc/{{sample}}", "_mqc.tsv", "_skipped_mqc.tsv", "_run_mqc.tsv"
        ),
    log:
        f"{OUT}/logs/merge_stats/{{sample}}.log",
    conda:
        "../wrappers/vio/annotate/environment.yaml"
    params:
        multiqc=lambda wildcards, output: output.multiqc[0],
    shell:
        "vio-annotate --merge-stats {output.stats} --sample {wildcards.sample}"
        " --report {output.page} --mqc {params.multiqc} {input} 2> {log}"


rule figures:
    input:
        f"{OUT}/{{sample}}.stats.json",
    output:
        classes=report(
            f"{OUT}/figures/{{sample}}.classes.svg",
            caption="../report/classes.rst",
            category="Samples",
            labels={"sample": "{sample}", "what": "classes"},
        ),
        scores=report(
            f"{OUT}/figures/{{sample}}.scores.svg",
            caption="../report/scores.rst",
            category="Samples",
            labels={"sample": "{sample}", "what": "scores"},
        ),
    log:
        f"{OUT}/logs/figures/{{sample}}.log",
    conda:
        "../envs/python.yaml"
    script:
        "../scripts/figures.py"


rule multiqc:
    input:
        expand(
            f"{OUT}/multiqc/{{sample}}{{part}}_mqc.tsv",
            sample=SAMPLES,
            part=("", "_skipped", "_run"),
        ),
    output:
        report(
            f"{OUT}/multiqc.html",
            caption="../report/multiqc.rst",
            category="All samples",
            labels={"sample": "all", "what": "MultiQC"},
        ),
    log:
        f"{OUT}/logs/multiqc.log",
    conda:
        "../envs/multiqc.yaml"
    params:
        folder=lambda wildcards, output: str(pathlib.Path(output[0]).parent),
    shell:
        "multiqc --force --no-version-check --no-data-dir --outdir {params.folder}"
        " --filename multiqc.html {input} > {log} 2>&1"
