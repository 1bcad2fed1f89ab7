process VIO_ANNOTATE {
    tag "${meta.id}${shard ? " ${shard}" : ''}"
    label 'process_medium'

    conda "${moduleDir}/environment.yml"
    container 'vio-annotate'

    input:
    tuple val(meta), path(input), path(index), path(regions), val(shard), val(extension)
    tuple val(meta2), path(fasta), path(fai)
    path model

    output:
    tuple val(meta), path("${prefix}.${extension}"), emit: annotated
    tuple val(meta), path("${prefix}.${extension}.{tbi,csi,bai,crai}"), emit: index, optional: true
    tuple val(meta), path("${prefix}.stats.json"), emit: stats
    tuple val(meta), path("${prefix}.skipped.tsv"), emit: skipped
    tuple val("${task.process}"), val('vio-annotate'), eval("vio-annotate --version | sed '1!d; s/^vio-annotate //'"), topic: versions, emit: versions_vioannotate

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: "${meta.id}"
    def model_option = model ? "--model ${model}" : ''
    def fasta_option = fasta ? "--fasta-ref ${fasta}" : ''
    def regions_option = regions ? "--regions-file ${regions}" : ''
    def shard_option = shard ? "--shard ${shard}" : ''
    if ("${input}" == "${prefix}.${extension}") {
        error("Input and output names are the same, set prefix in module configuration to disambiguate!")
    }
    """
    vio-annotate \\
        --threads ${task.cpus} \\
        ${model_option} \\
        ${fasta_option} \\
        ${regions_option} \\
        ${shard_option} \\
        ${args} \\
        --stats ${prefix}.stats.json \\
        --skipped ${prefix}.skipped.tsv \\
        --output ${prefix}.${extension} \\
        ${input}
    """

    stub:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: "${meta.id}"
    def create = extension.endsWith('.gz') ? "echo '' | gzip >" : 'touch'
    def indexed = args.tokenize().any { word -> word in ['-W', '--write-index'] }
    def kind = [bam: 'bai', bcf: 'csi'].getOrDefault(extension, 'tbi')
    if ("${input}" == "${prefix}.${extension}") {
        error("Input and output names are the same, set prefix in module configuration to disambiguate!")
    }
    """
    ${create} ${prefix}.${extension}
    ${indexed ? "touch ${prefix}.${extension}.${kind}" : ''}
    touch ${prefix}.stats.json ${prefix}.skipped.tsv
    """
}
