package io.syllabus.data;

import java.util.Optional;

/**
 * A labeled data set as it is published: what to train on and, where there is one, its test set.
 */
public record Dataset(ImageSource train, Optional<ImageSource> test) {}
