// Reads and checks the sample sheet. Paths are relative to its folder.

// Kind of input by suffix (.gz left out).
def kind_of(name) {
    def kinds = [
        fa: 'sequences', fasta: 'sequences', fna: 'sequences', fq: 'sequences', fastq: 'sequences',
        sam: 'reads', bam: 'reads', cram: 'reads',
        vcf: 'variants', bcf: 'variants'
    ]
    def kind = kinds[name.replaceAll(/\.gz$/, '').tokenize('.').last()]
    return kind ?: [error: "the suffix of ${name} is none of ${kinds.keySet().collect { suffix -> ".${suffix}" }.join(', ')}"]
}

// What a kind can be written as, the default first.
def outputs_of(kind) {
    return [sequences: ['tsv.gz'], reads: ['tsv.gz', 'bam'], variants: ['vcf.gz', 'bcf', 'tsv.gz']][kind]
}

def resolve(sheet, row, column, where) {
    if (!row[column]) {
        return []
    }
    def path = file(row[column].startsWith('/') || row[column].contains('://') ? row[column] : "${sheet.parent}/${row[column]}")
    if (!path.exists()) {
        error("${where}: ${column} ${path} does not exist")
    }
    return path
}

def check_row(sheet, row, where) {
    if (!(row.sample ==~ /[A-Za-z0-9][A-Za-z0-9._-]*/)) {
        error("${where}: '${row.sample}' is no name of a sample (letters, digits, '.', '_', '-')")
    }
    if (row.sample == 'multiqc') {
        error("${where}: no sample can be named multiqc, as the page of all is")
    }
    def kind = kind_of(row.input)
    if (kind instanceof Map) {
        error("${where}: ${kind.error}")
    }
    if (!row.reference && (kind == 'variants' || row.input.endsWith('.cram'))) {
        error("${where}: ${row.input} needs a reference")
    }
    def suffix = row.output ?: outputs_of(kind)[0]
    if (!(suffix in outputs_of(kind))) {
        error("${where}: ${kind} are written as ${outputs_of(kind).join(', ')}, not ${suffix}")
    }
    return [
        meta: [id: row.sample, kind: kind, suffix: suffix],
        input: resolve(sheet, row, 'input', where),
        reference: resolve(sheet, row, 'reference', where),
        regions: resolve(sheet, row, 'regions', where)
    ]
}

def read_sheet(path) {
    def sheet = file(path)
    if (!sheet.exists()) {
        error("the sample sheet ${path} does not exist")
    }
    def known = ['sample', 'input', 'reference', 'regions', 'output']
    def rows = sheet.splitCsv(header: true, strip: true)
    if (!rows) {
        error("${sheet} has no rows")
    }
    def strange = rows[0].keySet().findAll { column -> !(column in known) }
    def missing = ['sample', 'input'].findAll { column -> !rows[0].containsKey(column) }
    if (strange || missing) {
        error("${sheet}: columns are ${known.join(', ')}, the first two always; " + (strange ? "unknown: ${strange.join(', ')}" : "missing: ${missing.join(', ')}"))
    }
    def checked = rows.withIndex().collect { row, i -> check_row(sheet, row, "${sheet}, line ${i + 2}") }
    def twice = checked.countBy { row -> row.meta.id }.find { entry -> entry.value > 1 }
    if (twice) {
        error("${sheet}: sample ${twice.key} is named ${twice.value} times")
    }
    return checked
}
