/**
 * Self-training on very large image sets: Curriculum Labeling as Spark jobs.
 *
 * <pre>
 * job       arguments in, exit code out: SelfTrain, Evaluate, Label
 * config    settings, read and checked
 * data      sources of images, decoding, which image is used for what
 * spark     ingest: sources → examples table and decoded shards; split
 *           [ train: averaging rounds → score: the whole pool → select: exact percentile ]*
 * cycle     the loop over those stages, and its state
 * select    the percentile and the curriculum's steps
 * network   architectures and what runs them: minibatches, classifier, model files;
 *           network.onednn computes them, Deeplearning4j's layers are its reference
 * augment   what is done to an image before it is trained on
 * evaluate  confusion matrix; report: tables, progress, summary.json
 * </pre>
 *
 * <p>Spark is known to {@code spark} and {@code job} only, Deeplearning4j to {@code network} and
 * {@code spark} only.
 */
package io.syllabus;
