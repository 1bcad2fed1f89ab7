// Runs the module alone, on the workflows' test data.
include { VIO_ANNOTATE } from '../nextflow/modules/vio/annotate/main'

workflow {
    data = "${projectDir}/../test-data"
    VIO_ANNOTATE(
        channel.of(
            [[id: 'first'], file("${data}/tiny.vcf"), [], [], '1/2', 'vcf.gz'],
            [[id: 'whole'], file("${data}/tiny.vcf"), [], [], '', 'vcf.gz']
        ),
        [[id: 'tiny'], file("${data}/tiny.fa"), []],
        []
    )
}
