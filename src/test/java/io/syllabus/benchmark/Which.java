package io.syllabus.benchmark;

/** Which of a row's two sides. */
enum Which {
  OURS,
  PEER;

  Side of(Row row) {
    return this == OURS ? row.ours() : row.peer();
  }
}
