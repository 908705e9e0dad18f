import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From a CSV to a proposal over REST, with the JDK alone:
 *
 * <pre>java ImportAndOptimize.java SERVER TOKEN-FILE FOLDER snippets.csv prompt.txt</pre>
 *
 * FOLDER is one that the server was started with (--databases). The run uses the sandbox; a run on
 * the server's endpoint has {"endpoint": {}} for {"sandbox": {}}.
 */
public class ImportAndOptimize {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String server;
  private final String token;

  ImportAndOptimize(String server, String token) {
    this.server = server;
    this.token = token;
  }

  public static void main(String[] args) throws Exception {
    var client = new ImportAndOptimize(args[0], Files.readString(Path.of(args[1])).strip());
    Path file = Path.of(args[3]);
    String imported =
        client.form(
            "/api/v1/imports",
            file,
            Map.of(
                "database", args[2] + "/snippets.db",
                "map", "input=snippet,expected=label",
                "prompt", Files.readString(Path.of(args[4])).strip()));
    System.out.println(imported);
    String run =
        client.json(
            "/api/v1/runs",
            """
            {"database": "%s", "sessionId": "%s", "model": {"sandbox": {}}, "engine": "java",
             "grader": "exact", "limits": {"calls": 400}}"""
                .formatted(member(imported, "db"), member(imported, "sessionId")));
    String id = member(run, "id");
    String state = member(run, "state");
    while (state.equals("queued") || state.equals("running")) {
      Thread.sleep(1000);
      run = client.get("/api/v1/runs/" + id);
      state = member(run, "state");
    }
    System.out.println(run);
  }

  /** A form with a file, as browsers send it (RFC 7578). */
  private String form(String path, Path file, Map<String, String> fields) throws Exception {
    String boundary = UUID.randomUUID().toString();
    var body = new ByteArrayOutputStream();
    for (var field : fields.entrySet()) {
      part(body, boundary, "name=\"" + field.getKey() + "\"", field.getValue().getBytes(StandardCharsets.UTF_8));
    }
    part(body, boundary, "name=\"file\"; filename=\"" + file.getFileName() + "\"", Files.readAllBytes(file));
    body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return send(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
  }

  private static void part(ByteArrayOutputStream body, String boundary, String name, byte[] content) {
    String head = "--%s\r\nContent-Disposition: form-data; %s\r\n\r\n".formatted(boundary, name);
    body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
  }

  private String json(String path, String body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private String get(String path) throws Exception {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server + path)).header("Authorization", "Bearer " + token);
  }

  /** The answer; an error of the server's says what, where and what to do. */
  private static String send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  /** A text of the answer's; a program with a library for JSON uses that. */
  private static String member(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
    if (!found.find()) {
      throw new IllegalArgumentException("no " + name + " in " + json);
    }
    return found.group(1);
  }
}
