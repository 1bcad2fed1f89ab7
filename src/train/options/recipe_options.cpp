#include "train/options/options.hpp"

namespace vio::train {

using cli::OptionGroup;

OptionGroup training_group() {
  return {
      .title = "Training",
      .options = {
          {.name = "spec",
           .argument = "SPEC",
           .default_value = "default",
           .help = "v1, fast, default, large, or a JSON file with a spec."},
          {.name = "recipe",
           .argument = "NAME",
           .help = "plain or vio: the defaults of what follows; vio for specs with residual "
                   "blocks, else plain, where not given. fit prints what was chosen.",
           .choices = {"plain", "vio"}},
          {.name = "epochs", .argument = "N", .help = "Most epochs; plain 10, vio 14."},
          {.name = "seed",
           .argument = "N",
           .default_value = "0",
           .help = "Seed of the initial weights, the shuffling, the dropout and the "
                   "augmentation."},
          {.name = "init",
           .argument = "HOW",
           .help = "default: PyTorch's; scaled: residual specs begin with a doubled stem and "
                   "halved blocks. plain default, vio scaled.",
           .choices = {"default", "scaled"}},
          {.name = "init-from",
           .argument = "MODEL",
           .help = "Start from a model's tensors where names and shapes agree."},
          {.name = "distill-from",
           .argument = "MODELS",
           .help = "Models of the same classes, separated by commas, whose mean probabilities of "
                   "the training rows are learnt too."},
          {.name = "distill-weight",
           .argument = "W",
           .default_value = "0.5",
           .help = "Loss: (1 - W) cross-entropy + W Kullback-Leibler divergence from those."},
          {.name = "resume",
           .help = "Go on from OUTPUT.checkpoint, which an interrupted run leaves, where there is "
                   "one; the result is that of a run without interrupt."}}};
}

OptionGroup optimizer_group() {
  return {.title = "Optimizer",
          .options = {
              {.name = "optimizer",
               .argument = "NAME",
               .help = "adam or adamw; plain adam, vio adamw.",
               .choices = {"adam", "adamw"}},
              {.name = "learning-rate", .argument = "RATE", .help = "plain 0.001, vio 0.003."},
              {.name = "beta1", .argument = "B", .help = "Of the first moment; 0.9."},
              {.name = "beta2",
               .argument = "B",
               .help = "Of the second moment; plain 0.999, vio 0.98."},
              {.name = "weight-decay", .argument = "RATE", .help = "plain 0, vio 0.05."},
              {.name = "decay",
               .argument = "WHAT",
               .help = "all, or tensors of two or more dimensions; plain all, vio matrices.",
               .choices = {"all", "matrices"}},
              {.name = "clip",
               .argument = "NORM",
               .help = "Largest norm of the gradient, 0: any; plain 0, vio 1."},
              {.name = "schedule",
               .argument = "NAME",
               .help = "Of the learning rate: constant, or cosine down to 0; plain constant, vio "
                       "cosine.",
               .choices = {"constant", "cosine"}},
              {.name = "warmup",
               .argument = "PART",
               .help = "Part of all steps over which the rate rises; plain 0, vio 0.05."},
              {.name = "average",
               .argument = "DECAY",
               .help = "Of the weights' running average, which is what is measured and saved; 0: "
                       "none; plain 0, vio 0.998."}}};
}

OptionGroup loss_group() {
  return {
      .title = "Loss and regularisation",
      .options = {
          {.name = "label-smoothing", .argument = "PART", .help = "plain 0, vio 0.05."},
          {.name = "class-weights",
           .argument = "KIND",
           .default_value = "none",
           .help = "Loss weights of classes: none, balanced (1 / frequency) or sqrt (its square "
                   "root).",
           .choices = {"none", "balanced", "sqrt"}},
          {.name = "logit-adjustment",
           .argument = "TAU",
           .default_value = "0",
           .help = "Train logits + TAU ln(class frequency), which the model leaves out when it "
                   "scores: rare classes are called more often."},
          {.name = "dropout-channels",
           .argument = "P",
           .help = "Probability of dropping a channel of a block; plain 0, vio 0.1."},
          {.name = "dropout-head",
           .argument = "P",
           .help = "Probability of dropping a feature of the head; plain 0, vio 0.3."},
          {.name = "word-share",
           .argument = "PART",
           .default_value = "0.4",
           .help = "Of the logits that are those of words, fitted after the network, where the "
                   "spec has words."}}};
}

OptionGroup augmentation_group() {
  return {.title = "Augmentation of training rows",
          .options = {
              {.name = "augment-rc",
               .argument = "P",
               .default_value = "0",
               .help = "Probability of taking the reverse complement."},
              {.name = "augment-rc-classes",
               .argument = "NAMES",
               .help = "Only of these classes, separated by commas."},
              {.name = "augment-substitutions",
               .argument = "RATE",
               .help = "Symbols are redrawn at this rate times U(0, 1) a sequence; plain 0, vio "
                       "0.06."},
              {.name = "augment-mask",
               .argument = "PART",
               .help = "One span of this part times U(0, 1) becomes unknown; plain 0, vio 0.24."},
              {.name = "length-dropout",
               .argument = "P",
               .default_value = "0",
               .help = "Probability that a row counts as cut from a longer sequence, so that its "
                       "length is not read."}}};
}

}  // namespace vio::train
