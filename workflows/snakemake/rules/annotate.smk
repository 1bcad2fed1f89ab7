# One shard of one sample.


rule annotate:
    input:
        unpack(shard_input),
    output:
        annotated=temp(f"{OUT}/shards/{{sample}}/{{scatteritem}}.{{suffix}}"),
        stats=temp(f"{OUT}/shards/{{sample}}/{{scatteritem}}.{{suffix}}.stats.json"),
        skipped=temp(f"{OUT}/shards/{{sample}}/{{scatteritem}}.{{suffix}}.skipped.tsv"),
    log:
        f"{OUT}/logs/annotate/{{sample}}/{{scatteritem}}.{{suffix}}.log",
    retries: config["retries"]
    threads: config["threads"]
    resources:
        batch_size=batch_of,
        mem_mb=lambda wildcards, attempt: config["mem_mb"] * attempt,
        runtime=lambda wildcards, attempt: config["runtime"] * attempt,
    params:
        model=config["model"],
        device=config["device"],
        shard=lambda wildcards: wildcards.scatteritem.replace("-of-", "/"),
        extra=shard_extra,
    wrapper:
        f"file:{workflow.basedir}/wrappers/vio/annotate"
