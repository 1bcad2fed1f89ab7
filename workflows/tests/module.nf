// Runs the module alone, on the shipped test data: nextflow run tests
include { VIO_ANNOTATE } from '../main'

workflow {
    data = "${projectDir}/../../../../../test-data"
    VIO_ANNOTATE(
        channel.of(
            [[id: 'first'], file("${data}/tiny.vcf"), [], [], '1/2'],
            [[id: 'whole'], file("${data}/tiny.vcf"), [], [], '']
        ),
        [[id: 'tiny'], file("${data}/tiny.fa"), []],
        []
    )
}
