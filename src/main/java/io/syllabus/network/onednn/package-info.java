/**
 * Networks on oneDNN's own API. A Deeplearning4j network is read as a list of operations ({@code
 * Layers}), which become a program of oneDNN primitives, once for a shape of minibatch: for
 * training ({@code TrainingStep}) and for scoring. Tensors stay in oneDNN's blocked layouts from
 * the first layer to the last.
 */
package io.syllabus.network.onednn;
