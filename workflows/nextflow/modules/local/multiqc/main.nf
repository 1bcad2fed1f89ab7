// All samples side by side.
process MULTIQC {
    label 'process_single'

    conda "${moduleDir}/environment.yml"
    container 'multiqc/multiqc'

    input:
    path files

    output:
    path 'multiqc.html', emit: page
    tuple val("${task.process}"), val('multiqc'), eval("multiqc --version | sed 's/.*version //'"), topic: versions, emit: versions_multiqc

    script:
    """
    multiqc --force --no-version-check --no-data-dir --filename multiqc.html ${files}
    """

    stub:
    """
    touch multiqc.html
    """
}
