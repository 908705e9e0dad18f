package dev.lightningbridge.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.corpus.Session;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolTest {
  private final Session home = session("S1", "Sort tickets");
  private final InMemoryCorpus corpus =
      new InMemoryCorpus()
          .addSession(home)
          .addSession(session("S2", "  SORT\n tickets"))
          .addSession(session("S3", "Sort all tickets"))
          .addSession(session("S4", ""))
          .addSession(session("S5", " "));

  @Test
  void the_same_need_is_the_same_text_whatever_its_case_and_spaces() {
    assertThat(Pool.ids(corpus, "S1", List.of(Pool.SAME_NEED))).containsExactly("S1", "S2");
    assertThat(Pool.ids(corpus, "S3", List.of(Pool.SAME_NEED))).containsExactly("S3");
  }

  @Test
  void sessions_that_say_no_need_have_none_in_common() {
    assertThat(Pool.ids(corpus, "S4", List.of(Pool.SAME_NEED))).containsExactly("S4");
  }

  @Test
  void a_session_that_is_named_joins_once_and_never_itself() {
    assertThat(Pool.ids(corpus, "S1", List.of("S3", "S1", "S2", "S3", Pool.SAME_NEED)))
        .containsExactly("S1", "S2", "S3");
    assertThat(Pool.of(corpus, home, List.of())).isEmpty();
  }

  private static Session session(String id, String need) {
    return new Session(id, "Session " + id, need, null, null, InMemoryCorpus.NOON);
  }
}
