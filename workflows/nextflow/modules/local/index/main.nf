// The index that shards seek with, built once and not by every shard.
process INDEX {
    tag "${data.name}"
    label 'process_single'

    conda "${moduleDir}/../htslib.yml"
    container 'vio-annotate'

    input:
    tuple val(key), path(data)

    output:
    tuple val(key), path("*.{fai,gzi,tbi,csi,bai,crai}", arity: '0..*'), emit: index
    tuple val("${task.process}"), val('samtools'), eval("samtools --version | sed '1!d; s/^samtools //'"), topic: versions, emit: versions_samtools

    // What can't be indexed (gzip, FASTQ, plain VCF, a damaged file) is left to vio-annotate, which
    // reads it through or says what is wrong with it.
    script:
    """
    case \$(htsfile ${data}) in
        *FASTA*BGZF* | *FASTA*text*) samtools faidx ${data} ;;
        *BAM* | *CRAM*) samtools index ${data} ;;
        *VCF*BGZF* | *BCF*) bcftools index ${data} ;;
    esac || echo "${data} could not be indexed" >&2
    """

    stub:
    """
    touch ${data}.fai
    """
}
