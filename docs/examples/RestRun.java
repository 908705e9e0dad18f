import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A CSV to a promoted prompt over REST, with the JDK alone: {@code java RestRun.java snippets.csv
 * /path/of/new.db [--sandbox]}. The token is read from LIGHTNING_BRIDGE_TOKEN.
 */
public final class RestRun {
  private static final String API = "http://127.0.0.1:8090/api/v1/";
  private static final String PROMPT =
      "Classify the sentiment of the sentence. Answer with one word: positive or negative.";

  private final HttpClient client = HttpClient.newHttpClient();

  public static void main(String[] args) throws IOException, InterruptedException {
    boolean sandbox = args.length > 2 && args[2].equals("--sandbox");
    new RestRun().run(Path.of(args[0]), args[1], sandbox);
  }

  private void run(Path rows, String database, boolean sandbox)
      throws IOException, InterruptedException {
    String made =
        form(
            "imports",
            Map.of(
                "database", database,
                "text", Files.readString(rows),
                "name", rows.getFileName().toString(),
                "prompt", PROMPT,
                "map", "input=snippet,expected=label",
                "model", "gemma-3-270m"));
    String session = value(made, "sessionId");
    System.out.println("session " + session);

    // The simulated model shows that it works, not a better prompt.
    String model =
        sandbox
            ? "\"model\": {\"sandbox\": {\"seed\": 7}}, \"grader\": \"judge\", \"acceptJudge\": true"
            : "\"model\": {\"endpoint\": {\"worker\": \"gemma-3-270m\", \"critic\": \"none\"}}";
    String run =
        json(
            "runs",
            """
            {"database": "%s", "sessionId": "%s", %s, "limits": {"calls": 900},
             "search": {"rounds": 2, "concurrency": 1}, "engine": "java", "goOnAtZero": true}"""
                .formatted(database, session, model));
    String id = value(run, "id");
    while (value(run, "finishedAt") == null) {
      Thread.sleep(2000);
      run = send(request("runs/" + id).GET());
    }
    System.out.println(value(run, "verdict") + ": " + value(run, "reason"));

    String proposal = value(run, "proposalId");
    if (proposal != null) {
      // Where it has findings this is a 409 that lists them; "acceptFindings" takes their ids.
      String promotion = json("proposals/" + proposal + "/approve", "{}");
      System.out.println("promotion " + value(promotion, "promotionId"));
    }
  }

  private String json(String route, String body) throws IOException, InterruptedException {
    return send(
        request(route)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private String form(String route, Map<String, String> fields)
      throws IOException, InterruptedException {
    String boundary = UUID.randomUUID().toString();
    StringBuilder body = new StringBuilder();
    fields.forEach(
        (name, value) ->
            body.append("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n".formatted(boundary, name))
                .append("Content-Type: text/plain; charset=UTF-8\r\n\r\n")
                .append(value)
                .append("\r\n"));
    body.append("--").append(boundary).append("--\r\n");
    return send(
        request(route)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofString(body.toString())));
  }

  private static HttpRequest.Builder request(String route) {
    return HttpRequest.newBuilder(URI.create(API + route))
        .header("Authorization", "Bearer " + System.getenv("LIGHTNING_BRIDGE_TOKEN"));
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var answer = client.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  /** The first text of this name in a JSON document, or null; a JSON library does more. */
  private static String value(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json);
    return found.find() ? found.group(1) : null;
  }
}
