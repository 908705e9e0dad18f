package dev.lightningbridge.dataset;

import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Session;
import java.util.List;
import java.util.stream.Stream;

/** Which sessions are pooled with one. */
public final class Pool {
  /** Asked for like an id: all sessions whose need is the same text. */
  public static final String SAME_NEED = "same-need";

  private Pool() {}

  /** The session's id, and those of the others that are asked for. */
  public static List<String> ids(Corpus corpus, String home, List<String> asked) {
    Stream<Session> others =
        corpus.session(home).stream().flatMap(session -> of(corpus, session, asked).stream());
    return Stream.concat(Stream.of(home), others.map(Session::id)).toList();
  }

  /** Whether needs are alike as inputs are ({@link InputKey}); an empty one is like none. */
  public static boolean isSameNeed(String one, String other) {
    String need = InputKey.normalised(one);
    return !need.isEmpty() && InputKey.normalised(other).equals(need);
  }

  /**
   * The other sessions that are asked for, in the order of the corpus.
   *
   * @param asked ids of sessions, or {@link #SAME_NEED}; ids that the corpus lacks are passed over
   */
  public static List<Session> of(Corpus corpus, Session home, List<String> asked) {
    boolean alike = asked.contains(SAME_NEED);
    return asked.isEmpty()
        ? List.of()
        : corpus.sessions().stream()
            .filter(session -> !session.id().equals(home.id()))
            .filter(
                session ->
                    asked.contains(session.id())
                        || (alike && isSameNeed(home.need(), session.need())))
            .toList();
  }
}
