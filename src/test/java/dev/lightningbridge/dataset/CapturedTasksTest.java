package dev.lightningbridge.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.corpus.AttemptKind;
import org.junit.jupiter.api.Test;

class CapturedTasksTest {
  @Test
  void each_distinct_input_is_one_task_with_its_newest_spelling() {
    InMemoryCorpus corpus =
        InMemoryCorpus.withAgent("Be kind.")
            .attempt("1", "Where is my order?", "…", 4)
            .attempt("2", "Refund me", "…", null)
            .attempt("3", "where  is my ORDER?", "…", 9)
            .attempt("4", AttemptKind.FAILED, "Crash", null, null)
            .attempt("5", AttemptKind.ANALYSIS, "   ", "…", null);

    assertThat(CapturedTasks.of(corpus, "S1"))
        .extracting(Task::input)
        .containsExactly("where  is my ORDER?", "Refund me", "Crash");
    assertThat(CapturedTasks.of(corpus, "S1"))
        .allMatch(t -> t.source() == TaskSource.CAPTURED && "S1".equals(t.sessionId()))
        .extracting(Task::id)
        .contains(InputKey.of("where is my order?").taskId());
  }

  @Test
  void another_sessions_inputs_are_not_there() {
    InMemoryCorpus corpus =
        InMemoryCorpus.withAgent("p").attempt("1", "x", "y", 5).addSession("S2");
    assertThat(CapturedTasks.of(corpus, "S2")).isEmpty();
  }
}
