// Reads an nf-test file without nf-test: parses it and the Nextflow code in it, runs nothing of
// either, and prints what it declares as JSON.

class Block {
    List said = []

    def methodMissing(String name, arguments) {
        def inner = new Block()
        def last = arguments ? arguments[-1] : null
        if (last instanceof Closure && name != 'then') {
            last.delegate = inner
            last.resolveStrategy = Closure.DELEGATE_FIRST
            def value = last()
            if (name == 'process') {
                new GroovyShell().parse(value.toString())
                inner.said << ['inputs', (value =~ /input\[(\d+)\] = /).collect { it[1] as int }]
            }
        }
        said << [name, arguments.find { it instanceof CharSequence }, inner.said]
    }

    def propertyMissing(String name, value) {
        said << [name, value]
    }
}

def suite = new Block()
new GroovyShell(new Binding(nextflow_process: { code -> suite.methodMissing('suite', [code] as Object[]) }))
    .evaluate(new File(args[0]))
println(groovy.json.JsonOutput.toJson(suite.said))
