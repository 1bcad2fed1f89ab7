// Shards, in their order, are the whole: they are joined, never sorted.
process GATHER {
    tag "${meta.id}"
    label 'process_low'

    conda "${moduleDir}/../htslib.yml"
    container 'vio-annotate'

    input:
    tuple val(meta), path(parts), path(skipped)

    output:
    tuple val(meta), path("${meta.id}.${meta.suffix}"), emit: annotated
    tuple val(meta), path("${meta.id}.${meta.suffix}.{csi,bai}"), emit: index, optional: true
    tuple val(meta), path("${meta.id}.skipped.tsv"), emit: skipped
    tuple val("${task.process}"), val('bcftools'), eval("bcftools --version | sed '1!d; s/^bcftools //'"), topic: versions, emit: versions_bcftools

    script:
    def whole = "${meta.id}.${meta.suffix}"
    def join = [
        'tsv.gz': "{ bgzip -dc \$1; shift; for part; do bgzip -dc \$part | tail -n +2; done; } | bgzip -@ ${task.cpus} > ${whole}",
        'bam': "samtools cat --no-PG -o ${whole} \$@ && samtools index ${whole}"
    ].get(meta.suffix, "bcftools concat --naive -o ${whole} \$@ && bcftools index ${whole}")
    """
    set -euo pipefail
    awk 'FNR > 1 || NR == 1' ${skipped} > ${meta.id}.skipped.tsv
    set -- ${parts}
    ${join}
    """

    stub:
    """
    touch ${meta.id}.${meta.suffix} ${meta.id}.skipped.tsv
    """
}
