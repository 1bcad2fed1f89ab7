# Links every input into a folder of its own and builds the index there that shards seek with,
# once, and never beside the user's file.


rule stage:
    input:
        lambda wildcards: STAGED[wildcards.key, wildcards.file],
    output:
        f"{OUT}/inputs/{{key}}/{{file}}",
    log:
        f"{OUT}/logs/stage/{{key}}/{{file}}.log",
    wildcard_constraints:
        key="[0-9a-f]{10}",
        file="[^/]+",
    conda:
        "../envs/htslib.yaml"
    script:
        "../scripts/stage.sh"
