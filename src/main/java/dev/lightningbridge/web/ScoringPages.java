package dev.lightningbridge.web;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.GivenScore;
import dev.lightningbridge.corpus.ScoreWritten;
import dev.lightningbridge.runs.LineageChoice;
import dev.lightningbridge.runs.people.Scoring;
import dev.lightningbridge.runs.people.SessionOutput;
import dev.lightningbridge.server.Databases;
import dev.lightningbridge.workshop.Workshop;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A session's outputs: to read and filter, and to score one after the other. */
@Path("/databases/{id}/sessions/{session}/outputs")
@Produces(MediaType.TEXT_HTML)
public class ScoringPages {
  private static final int SHOWN = 50;
  private static final System.Logger LOG = System.getLogger(ScoringPages.class.getName());

  private final Databases databases;
  private final Scoring scoring;

  ScoringPages(Databases databases, Workshop workshop) {
    this.databases = databases;
    this.scoring = workshop.scoring();
  }

  /** Where the outputs are. */
  record Place(String database, String databaseName, String session, String sessionName) {}

  /** A lineage to choose. */
  record Choice(String id, String label) {}

  /**
   * Outputs to read.
   *
   * @param from how many come before them; {@code next} where the next ones begin, or null
   */
  record Outputs(
      Place place,
      List<SessionOutput> outputs,
      List<Choice> lineages,
      OutputFilterForm filter,
      int from,
      @Nullable Integer next,
      @Nullable Integer previous)
      implements TemplateInstance {}

  record Score(Place place, CardView card) implements TemplateInstance {}

  record Card(Place place, CardView card) implements TemplateInstance {}

  @GET
  public TemplateInstance outputs(
      @PathParam("id") String id,
      @PathParam("session") String session,
      @BeanParam OutputFilterForm filter,
      @QueryParam("from") @DefaultValue("0") int from) {
    int first = Math.max(0, from);
    List<SessionOutput> found =
        scoring.list(databases.get(id), session, filter.filter(), first, SHOWN + 1);
    try (CampDatabase camp = open(id)) {
      return new Outputs(
          place(camp.corpus(), id, session),
          found.stream().limit(SHOWN).toList(),
          camp.corpus().lineages().stream()
              .filter(l -> l.sessionId().equals(session))
              .map(l -> new Choice(l.id(), l.label()))
              .toList(),
          filter,
          first,
          found.size() > SHOWN ? first + SHOWN : null,
          first == 0 ? null : Math.max(0, first - SHOWN));
    }
  }

  /**
   * The page on which outputs are scored.
   *
   * @param output the one to begin with
   */
  @GET
  @Path("score")
  public TemplateInstance score(
      @PathParam("id") String id,
      @PathParam("session") String session,
      @QueryParam("output") Optional<String> output) {
    return new Score(
        place(id, session),
        output.isPresent()
            ? one(id, session, output.get(), "", null)
            : card(id, session, "", null, null));
  }

  /** The next output, where one was skipped. */
  @GET
  @Path("card")
  public TemplateInstance next(
      @PathParam("id") String id,
      @PathParam("session") String session,
      @QueryParam("skipped") @DefaultValue("") String skipped,
      @QueryParam("last") Optional<String> last) {
    return new Card(place(id, session), card(id, session, skipped, last.orElse(null), null));
  }

  @POST
  @Path("{output}/score")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public TemplateInstance give(
      @PathParam("id") String id,
      @PathParam("session") String session,
      @PathParam("output") String output,
      @FormParam("score") int score,
      @FormParam("comment") @DefaultValue("") String comment,
      @FormParam("skipped") @DefaultValue("") String skipped) {
    requireOutput(id, session, output);
    ScoreWritten written =
        scoring.score(databases.get(id), new GivenScore(output, clamped(score), comment));
    LOG.log(System.Logger.Level.INFO, "output {0}: scored", output);
    return new Card(
        place(id, session),
        card(id, session, skipped, output, "Written: %d of 10.".formatted(written.score())));
  }

  @POST
  @Path("{output}/undo")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public TemplateInstance undo(
      @PathParam("id") String id,
      @PathParam("session") String session,
      @PathParam("output") String output,
      @FormParam("skipped") @DefaultValue("") String skipped) {
    requireOutput(id, session, output);
    scoring.undo(databases.get(id), output);
    LOG.log(System.Logger.Level.INFO, "output {0}: its score was taken back", output);
    return new Card(
        place(id, session), one(id, session, output, skipped, "The last score was taken back."));
  }

  private static int clamped(int score) {
    if (score < GivenScore.LEAST || score > GivenScore.MOST) {
      throw new NotFoundException("a score is a number of 1 to 10");
    }
    return score;
  }

  private SessionOutput requireOutput(String id, String session, String output) {
    return scoring.get(databases.get(id), session, output);
  }

  private CardView card(
      String id, String session, String skipped, @Nullable String last, @Nullable String said) {
    Scoring.Next next = scoring.next(databases.get(id), session, ids(skipped));
    return CardView.of(next.output(), next, skipped, last, said);
  }

  private CardView one(
      String id, String session, String output, String skipped, @Nullable String said) {
    Scoring.Next next = scoring.next(databases.get(id), session, ids(skipped));
    return CardView.of(requireOutput(id, session, output), next, skipped, null, said);
  }

  private static Set<String> ids(String list) {
    return new LinkedHashSet<>(List.of(list.split(",", -1)));
  }

  private CampDatabase open(String id) {
    return CampDatabase.open(databases.get(id), CampDatabase.Options.DEFAULT);
  }

  private Place place(String id, String session) {
    try (CampDatabase camp = open(id)) {
      return place(camp.corpus(), id, session);
    }
  }

  private Place place(Corpus corpus, String id, String session) {
    return new Place(
        id,
        String.valueOf(databases.get(id).getFileName()),
        session,
        LineageChoice.requireSession(corpus, session).name());
  }
}
