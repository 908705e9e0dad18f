package dev.lightningbridge.cli.names;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Session;
import dev.lightningbridge.dataset.Pool;
import dev.lightningbridge.runs.request.RunError;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds sessions and lineages of a database by what the user calls them. */
public final class LineagesByName {
  private final List<Named> sessions;
  private final List<Named> lineages;

  private LineagesByName(List<Named> sessions, List<Named> lineages) {
    this.sessions = sessions;
    this.lineages = lineages;
  }

  public static LineagesByName of(Corpus corpus) {
    Map<String, String> names =
        corpus.sessions().stream().collect(Collectors.toMap(Session::id, Session::name));
    return new LineagesByName(
        corpus.sessions().stream().map(s -> new Named(s.id(), List.of(s.name()))).toList(),
        corpus.lineages().stream()
            .map(
                l ->
                    new Named(
                        l.id(),
                        List.of(
                            l.label(), names.getOrDefault(l.sessionId(), "") + "/" + l.label())))
            .toList());
  }

  /**
   * The id of a session, by its id, the beginning of that, or its name.
   *
   * @throws BridgeException where there is none, or there are several
   */
  public String session(String said) {
    return Named.one(said, sessions)
        .map(Named::id)
        .orElseThrow(
            () ->
                new BridgeException(
                    RunError.NO_SUCH_SESSION,
                    "the database has no such session",
                    said,
                    Named.meant(said, sessions)
                        + "`inspect` lists the sessions with their names and ids."));
  }

  /**
   * What is to be pooled, sessions by their ids.
   *
   * @throws BridgeException as {@link #session}
   */
  public List<String> pool(List<String> said) {
    return said.stream().map(one -> one.equals(Pool.SAME_NEED) ? one : session(one)).toList();
  }

  /**
   * The id of a lineage, by its id, the beginning of that, its letter where that is the only one,
   * or SESSION/LETTER.
   *
   * @throws BridgeException where there is none, or there are several
   */
  public String lineage(String said) {
    return Named.one(said, lineages)
        .map(Named::id)
        .orElseThrow(
            () ->
                new BridgeException(
                    RunError.NO_SUCH_LINEAGE,
                    "the database has no such lineage",
                    said,
                    Named.meant(said, lineages) + "`inspect` lists the lineages with their ids."));
  }
}
