package dev.lightningbridge.web;

import dev.lightningbridge.runs.RunList;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.ending.RunComparison;
import dev.lightningbridge.workshop.Workshop;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All runs, those that are looked for, and several side by side. */
@Path("/runs")
@Produces(MediaType.TEXT_HTML)
public class RunListPages {
  private static final int SHOWN = 60;

  private final Workshop workshop;

  RunListPages(Workshop workshop) {
    this.workshop = workshop;
  }

  /**
   * A page of runs.
   *
   * @param states that may be looked for; {@code engines} likewise
   * @param older address of the page behind this one; null for the last one
   */
  record Runs(
      List<RunRow> runs,
      Wanted wanted,
      List<Choice> states,
      List<String> engines,
      @Nullable String older)
      implements TemplateInstance {}

  /** What is looked for; empty for all. */
  record Wanted(String state, String engine, String words) {
    public boolean isAny() {
      return state.isEmpty() && engine.isEmpty() && words.isEmpty();
    }
  }

  /** A state by the name it has in addresses, and in words. */
  record Choice(String value, String words) {}

  /**
   * Runs side by side.
   *
   * @param few whether fewer than two were chosen
   * @param query the part of the address that names them
   */
  record Compare(
      boolean few,
      List<Column> columns,
      List<RunComparison.Row> rows,
      List<Best> best,
      String query)
      implements TemplateInstance {}

  /** A run at the head of its column. */
  record Column(String id, String name, Moment created, boolean sandbox) {}

  /** The best prompt of a run; null where it has none yet. */
  record Best(String name, @Nullable String prompt) {}

  @GET
  public TemplateInstance all(
      @QueryParam("state") @DefaultValue("") String state,
      @QueryParam("engine") @DefaultValue("") String engine,
      @QueryParam("words") @DefaultValue("") String words,
      @QueryParam("at") @Nullable Long at,
      @QueryParam("behind") @DefaultValue("") String behind) {
    List<StoredRun> found =
        workshop
            .list()
            .page(
                new RunList.Filter(
                    Arrays.stream(RunState.values())
                        .filter(each -> each.text().equals(state))
                        .findFirst()
                        .orElse(null),
                    null,
                    null,
                    engine.isEmpty() ? null : engine),
                at == null ? null : new RunList.Place(at, behind),
                SHOWN + 1);
    List<StoredRun> page = found.subList(0, Math.min(SHOWN, found.size()));
    return new Runs(
        page.stream()
            .map(run -> RunRow.of(run, workshop.runs()))
            .filter(row -> row.says(words))
            .toList(),
        new Wanted(state, engine, words),
        Arrays.stream(RunState.values())
            .map(each -> new Choice(each.text(), RunName.words(each)))
            .toList(),
        workshop.list().engines(),
        found.size() > SHOWN ? older(page.getLast(), state, engine, words) : null);
  }

  private static String older(StoredRun last, String state, String engine, String words) {
    return "/runs?state=%s&engine=%s&words=%s&at=%d&behind=%s"
        .formatted(
            Links.urlEncoded(state),
            Links.urlEncoded(engine),
            Links.urlEncoded(words),
            last.createdAt(),
            Links.urlEncoded(last.id()));
  }

  @GET
  @Path("compare")
  public TemplateInstance compare(@QueryParam("run") List<String> ids) {
    List<String> chosen = ids.stream().distinct().toList();
    if (chosen.size() < 2) {
      return new Compare(true, List.of(), List.of(), List.of(), "");
    }
    RunComparison comparison = comparison(chosen);
    return new Compare(
        false,
        comparison.runs().stream()
            .map(
                compared ->
                    new Column(
                        compared.run().id(),
                        compared.run().id().substring(0, 8),
                        Moment.of(compared.run().createdAt()),
                        compared.run().sandbox()))
            .toList(),
        comparison.rows(),
        comparison.runs().stream()
            .map(
                compared ->
                    new Best(
                        compared.run().id().substring(0, 8),
                        compared.result() == null ? null : compared.result().prompt()))
            .toList(),
        chosen.stream().map(id -> "run=" + Links.urlEncoded(id)).collect(Collectors.joining("&")));
  }

  /** The same as a file for a spreadsheet. */
  @GET
  @Path("compare.csv")
  @Produces("text/csv")
  public Response csv(@QueryParam("run") List<String> ids) {
    return Response.ok(comparison(ids.stream().distinct().toList()).csv(), "text/csv;charset=UTF-8")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"runs.csv\"")
        .build();
  }

  private RunComparison comparison(List<String> ids) {
    return RunComparison.of(ids, workshop.runs(), workshop.evidence());
  }
}
