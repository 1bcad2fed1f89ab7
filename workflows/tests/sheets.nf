// What read_sheet says of every sample sheet that is named, one line each.
include { read_sheet } from '../nextflow/modules/local/samplesheet/main'

workflow {
    params.sheets.tokenize(',').each { sheet ->
        try {
            read_sheet(sheet)
            println("${sheet}: accepted")
        }
        catch (Exception refused) {
            println("${sheet}: ${(refused.cause ?: refused).message}")
        }
    }
}
