/**
 * Self-training on very large image sets: Curriculum Labeling as Spark jobs.
 *
 * <pre>
 * job       arguments in, exit code out: SelfTrain, Runs, Label, Publish, Labels, Review and others
 * config    settings, read and checked
 * store     what lies where, files that are written whole, the lock
 * data      sources of images, decoding, which image is used for what
 * spark     ingest: sources → examples table and decoded shards; split
 *           [ train: averaging rounds → score: the whole pool → select: exact thresholds ]*
 *           label: the whole pool → publish: one version of the labels table
 * cycle     the loop over those stages, and its state
 * select    the curriculum's steps, its rules and their thresholds
 * network   architectures and what runs them: minibatches, classifier, model files;
 *           network.onednn computes them, Deeplearning4j's layers are its reference
 * augment   what is done to an image before it is trained on
 * evaluate  confusion matrix, calibration
 * publish   expected precision, quality gates, what people are asked and say
 * plan      what a run will take
 * report    tables, progress, pictures, summary.json
 * </pre>
 *
 * <p>Spark is known to {@code spark} and {@code job} only, Deeplearning4j to {@code network} and
 * {@code spark} only.
 */
package io.syllabus;
