package dev.lightningbridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ServerLab.class)
class ImportsOverRestTest {
  private static final String PROMPT = "Answer in one word.";
  private static final String ROWS =
      "question;answer;score;who\nIs it so?;yes;9;Ann\nIs it?;no;2;Bob\n;odd;3;Bob\n";

  private static RequestSpecification form(String database) {
    return RestAssured.given()
        .header("Authorization", "Bearer " + ServerLab.TOKEN)
        .contentType(ContentType.MULTIPART)
        .multiPart("database", database);
  }

  private static ValidatableResponse sent(RequestSpecification form) {
    return form.post("/api/v1/imports").then();
  }

  private static String database(String name) {
    return Server.folder().resolve("databases").resolve(name).toString();
  }

  private static RequestSpecification upload(RequestSpecification form, String name, byte[] rows) {
    return form.multiPart("file", name, rows).multiPart("prompt", PROMPT);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void a_file_that_is_sent_becomes_a_database_that_the_server_lists_and_inspects() {
    String db = database("rest-made.db");

    ValidatableResponse answer =
        sent(upload(form(db), "C:\\My files\\reviews.csv", bytes(ROWS)))
            .statusCode(200)
            .body("db", equalTo(db))
            .body("sessionId", notNullValue())
            .body("lineageId", notNullValue())
            .body("agentVersionId", notNullValue())
            .body("rows.read", equalTo(3))
            .body("rows.written", equalTo(2))
            .body("rows.skipped", equalTo(1))
            .body("skipped[0].file", equalTo("reviews.csv"))
            .body("skipped[0].line", equalTo(4))
            .body("skipped[0].code", equalTo("LB-2212"))
            .body("understood.question", equalTo("input"))
            .body("keptAsMetadata", hasItem("who"));
    String session = answer.extract().path("sessionId");
    String id =
        Server.given().get("/api/v1/databases").path("items.find { it.path == '%s' }.id", db);
    Server.given()
        .get("/api/v1/databases/{id}/inspection", id)
        .then()
        .statusCode(200)
        .body("sessions[0].id", equalTo(session))
        .body("sessions[0].name", equalTo("reviews"));

    sent(upload(form(id), "reviews.csv", bytes(ROWS)))
        .statusCode(200)
        .body("rows.written", equalTo(0))
        .body("rows.known", equalTo(2));
  }

  @Test
  void a_text_is_taken_as_a_file_and_columns_and_scale_are_as_the_client_says() {
    sent(form(database("rest-text.db"))
            .multiPart("text", "q,a,s\nIs it?,yes,2\nWas it?,no,5\n")
            .multiPart("name", "chat logs")
            .multiPart("map", "input=q,output=a,score=s")
            .multiPart("scale", "1..5")
            .multiPart("prompt", PROMPT))
        .statusCode(200)
        .body("rows.written", equalTo(2))
        .body("scale", equalTo("1..5"));
  }

  @Test
  void a_dry_run_counts_the_same_and_makes_no_file() {
    String db = database("rest-dry.db");

    sent(upload(form(db), "a.csv", bytes(ROWS)).multiPart("dryRun", "true"))
        .statusCode(200)
        .body("rows.written", equalTo(2))
        .body("backup", nullValue());

    assertThat(Path.of(db)).doesNotExist();
  }

  @Test
  void a_packed_file_and_one_of_another_encoding_are_read() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes(ROWS));
    }
    sent(upload(form(database("rest-gzip.db")), "rows.csv.gz", packed.toByteArray()))
        .statusCode(200)
        .body("rows.written", equalTo(2));
    sent(upload(
            form(database("rest-windows.db")),
            "rows.csv",
            "input,output,score\nGröße,gut,9\n".getBytes(Charset.forName("windows-1252"))))
        .statusCode(200)
        .body("remarks[0]", equalTo("rows.csv is not in UTF-8 and was read as windows-1252."));
  }

  @Test
  void databases_are_made_in_allowed_folders_alone() throws IOException {
    Path outside = Server.folder().resolve("outside.db");
    Path link = Path.of(database("link"));
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Server.folder());
    for (String place :
        Stream.of(
                outside.toString(),
                database("../outside.db"),
                link.resolve("outside.db").toString(),
                Server.folder().resolve("home/new.db").toString())
            .toList()) {
      sent(upload(form(place), "a.csv", bytes(ROWS)))
          .statusCode(403)
          .body("code", equalTo("LB-8004"));
    }
    Files.delete(link);
    sent(upload(form(database("no-such-folder/a.db")), "a.csv", bytes(ROWS))).statusCode(404);
    sent(upload(form(database("hidden.html")), "a.csv", bytes(ROWS)))
        .statusCode(422)
        .body("code", equalTo("LB-8018"));
    assertThat(outside).doesNotExist();
    assertThat(Server.folder().resolve("home/new.db")).doesNotExist();
  }

  @Test
  void a_form_that_is_not_as_described_is_refused_and_nothing_is_written() {
    String db = database("rest-refused.db");
    sent(form(db)).statusCode(400).body("detail", containsString("no file and no text"));
    sent(upload(form(db), "a.csv", bytes(ROWS)).multiPart("text", ROWS)).statusCode(400);
    for (Map.Entry<String, String> wrong :
        Map.of("scale", "1..7", "format", "xml", "dryRun", "maybe").entrySet()) {
      sent(upload(form(db), "a.csv", bytes(ROWS)).multiPart(wrong.getKey(), wrong.getValue()))
          .statusCode(400)
          .body("detail", containsString(wrong.getKey()));
    }
    sent(upload(form(db), "a.csv", bytes(ROWS)).multiPart("map", "input"))
        .statusCode(422)
        .body("code", equalTo("LB-2206"));
    sent(form(db).multiPart("file", "a.csv", bytes(ROWS)))
        .statusCode(422)
        .body("code", equalTo("LB-2204"));
    RestAssured.given().multiPart("database", db).post("/api/v1/imports").then().statusCode(401);
    assertThat(Path.of(db)).doesNotExist();
  }

  /** Java's own client, which asks for HTTP/2 unless it is told not to. */
  @Test
  void a_client_that_offers_http_2_is_answered_as_others_are() throws Exception {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"database\"\r\n\r\n%s\r\n--b--\r\n"
            .formatted(database("rest-http-2.db"));
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/api/v1/imports".formatted(RestAssured.port)))
            .header("Authorization", "Bearer " + ServerLab.TOKEN)
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("LB-");
    }
  }

  @Test
  void a_body_beyond_the_limit_is_refused() {
    sent(upload(form(database("rest-large.db")), "a.csv", new byte[9 << 20])).statusCode(413);
  }
}
