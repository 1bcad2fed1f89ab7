// Merges the stats of a sample's shards, and tells about the whole.
process REPORT {
    tag "${meta.id}"
    label 'process_single'

    conda "${moduleDir}/../../vio/annotate/environment.yml"
    container 'vio-annotate'

    input:
    tuple val(meta), path(stats)

    output:
    tuple val(meta), path("${meta.id}.stats.json"), emit: stats
    tuple val(meta), path("${meta.id}.html"), emit: page
    path "${meta.id}*_mqc.tsv", emit: multiqc

    script:
    """
    vio-annotate --merge-stats ${meta.id}.stats.json --sample ${meta.id} \\
        --report ${meta.id}.html --mqc ${meta.id}_mqc.tsv ${stats}
    """

    stub:
    """
    touch ${meta.id}.stats.json ${meta.id}.html ${meta.id}_mqc.tsv
    """
}
