package io.syllabus.config;

/** How the pool is admitted: the keys under {@code curriculum}. */
public record CurriculumSettings(int stepPercent) {}
