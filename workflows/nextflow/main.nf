#!/usr/bin/env nextflow
// Annotates every row of a sample sheet in shards and puts the shards together again.
// docs/workflows.md says how to run it; nextflow.config lists what can be set.

nextflow.preview.topic = true

include { read_sheet   } from './modules/local/samplesheet/main'
include { INDEX        } from './modules/local/index/main'
include { VIO_ANNOTATE } from './modules/vio/annotate/main'
include { GATHER       } from './modules/local/gather/main'
include { REPORT       } from './modules/local/report/main'
include { MULTIQC      } from './modules/local/multiqc/main'

// The indexes beside a file that are not older than it.
def indexes_of(data) {
    return ['fai', 'gzi', 'tbi', 'csi', 'bai', 'crai']
        .collect { suffix -> file("${data}.${suffix}") }
        .findAll { index -> index.exists() && index.lastModified() >= data.lastModified() }
}

def check_params() {
    if (!params.input) {
        error('--input takes the sample sheet, a CSV with the columns sample, input, reference, regions, output')
    }
    if (!(params.shards.toString() ==~ /[1-9][0-9]*/)) {
        error("--shards takes a number of 1 or more, not '${params.shards}'")
    }
    if (!(params.device.toString() ==~ /auto|cpu|cuda(:[0-9]+)?/)) {
        error("--device takes auto, cpu, cuda or cuda:N, not '${params.device}'")
    }
}

// Files of shards by sample, in the shards' order.
def in_order(shards) {
    return shards
        .map { meta, data -> [meta.subMap('id', 'kind', 'suffix'), [meta.shard, data]] }
        .groupTuple(size: params.shards as int)
        .map { meta, numbered -> [meta, numbered.sort { pair -> pair[0] }.collect { pair -> pair[1] }] }
}

workflow INDEXED {
    take:
    files

    main:
    sorted = files.unique().branch { data ->
        ready: indexes_of(data)
        todo: true
    }
    INDEX(sorted.todo.map { data -> [data.toString(), data] })

    emit:
    index = INDEX.out.index.mix(sorted.ready.map { data -> [data.toString(), indexes_of(data)] }, channel.of(['', []]))
}

workflow {
    check_params()
    samples = channel.fromList(read_sheet(params.input))
    INDEXED(samples.flatMap { row -> [row.input, row.reference].findAll { data -> data } })

    shards = samples
        .map { row -> [row.input.toString(), row] }
        .combine(INDEXED.out.index, by: 0)
        .map { _key, row, index -> [row.reference ? row.reference.toString() : '', row, index] }
        .combine(INDEXED.out.index, by: 0)
        .flatMap { _key, row, index, fai -> (1..(params.shards as int)).collect { i -> [row, index, fai, i] } }
        .multiMap { row, index, fai, i ->
            data: [row.meta + [shard: i], row.input, index, row.regions, "${i}/${params.shards}", row.meta.suffix]
            reference: [[id: row.reference ? row.reference.baseName : ''], row.reference, fai]
        }
    VIO_ANNOTATE(shards.data, shards.reference, params.model_file ? file(params.model_file, checkIfExists: true) : [])
    GATHER(in_order(VIO_ANNOTATE.out.annotated).join(in_order(VIO_ANNOTATE.out.skipped)))
    REPORT(in_order(VIO_ANNOTATE.out.stats))
    if (params.multiqc) {
        MULTIQC(REPORT.out.multiqc.flatten().toSortedList { one, other -> one.name <=> other.name })
    }

    channel.topic('versions')
        .unique()
        .map { _process, tool, version -> "${tool}: ${version}" }
        .unique()
        .collectFile(name: 'versions.yml', storeDir: params.outdir, newLine: true, sort: true)
}
