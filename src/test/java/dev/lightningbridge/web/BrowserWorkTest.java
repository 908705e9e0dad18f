package dev.lightningbridge.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PageAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Nights, rejections, cancelled runs, tests of judges; and all of it by keyboard. */
@QuarkusTest
@WithTestResource(value = BrowserLab.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@Tag("browser")
@TestMethodOrder(OrderAnnotation.class)
class BrowserWorkTest extends BrowserCase {
  private static final int TABS = 120;

  @Test
  @Order(1)
  void what_a_night_did_is_a_page_and_its_proposal_is_rejected_with_a_reason() {
    logIn();
    visit("/schedule");
    page.getByLabel("Name").fill("Every night");
    page.getByLabel("Sandbox’s seed").fill("7");
    press("Add");
    assertThat(heading("Every night")).isVisible();
    press("Run now");
    page.getByRole(AriaRole.LINK, named("Every night,")).click();
    assertThat(heading("What it ran")).isVisible();
    reloadUntil(page.locator("main", hasText("· ended")));
    assertThat(page.locator("main")).containsText("1 run, 1 proposal, 0 promoted");
    assertThat(page.locator("main")).containsText("budget 2,000 calls");
    looksRight("night");
    String before = currentPrompt();

    page.getByRole(AriaRole.LINK, named("The proposal")).click();
    press("Reject");
    assertThat(heading("Your decision")).isVisible(); // A reason is needed.
    page.getByLabel("Reason").fill("Too long. " + BrowserLab.HOSTILE);
    press("Reject");
    assertThat(heading("Rejected")).isVisible();
    isShownAsText(page.locator("#decision + p"));
    looksRight("rejected");
    assertThat(currentPrompt()).isEqualTo(before);

    visit("/");
    assertThat(page.locator("#overview")).containsText("No proposal waits.");
    assertThat(heading("Every night,")).isVisible();
    looksRight("home-night");
  }

  @Test
  @Order(2)
  void a_run_is_cancelled_and_resumed_and_its_tasks_are_told_by_tag() {
    String id = started(slowRunWithTags());
    logIn();
    visit("/runs/" + id);
    page.onDialog(Dialog::accept);
    assertThat(page.locator(".tree .node").nth(1)).isVisible(within(RUN_MS));
    press("Cancel");
    Locator resume = page.getByRole(AriaRole.BUTTON, named("Resume"));
    assertThat(resume).isVisible(within(RUN_MS));
    assertThat(page.locator(".badge").first()).hasText("Cancelled");
    looksRight("run-cancelled");
    int calls = api().get("/api/v1/runs/{id}", id).path("spent.calls");

    resume.click();
    assertThat(page.getByRole(AriaRole.BUTTON, named("Cancel"))).isVisible();
    assertThat(link("Open the proposal")).isVisible(within(RUN_MS));
    int after = api().get("/api/v1/runs/{id}", id).path("spent.calls");
    assertThat(after).isGreaterThan(calls);
    link("Open the proposal").click();
    Locator groups = page.getByLabel("Groups of tasks by tag");
    assertThat(groups).containsText("even");
    assertThat(groups).containsText("<b>odd</b>");
    assertThat(page.locator(".task .tag").first()).isVisible();
    looksRight("proposal-tags");
    page.getByLabel("Reason").fill("Only a trial.");
    press("Reject");
    assertThat(heading("Rejected")).isVisible();
  }

  @Test
  @Order(3)
  void a_run_is_started_approved_and_rolled_back_by_keyboard_alone() {
    visit("/login");
    tabTo(page.getByLabel("Token"));
    page.keyboard().type(BrowserLab.TOKEN);
    page.keyboard().press("Enter");
    enter(page.getByLabel("Pages").getByText("Databases"));
    enter(page.getByRole(AriaRole.LINK, named("camp.db")));
    enter(page.locator(".card a").first());
    tabTo(page.getByLabel("Engine", exactly()));
    page.keyboard().type("java");
    tabTo(page.getByLabel("Rounds"));
    page.keyboard().type("2");
    tabTo(page.getByLabel("Sandbox’s seed"));
    page.keyboard().type("7");
    enter(page.getByRole(AriaRole.BUTTON, named("Start the run")));
    assertThat(page)
        .hasURL(
            Pattern.compile(".*/runs/[0-9a-f-]{36}$"),
            new PageAssertions.HasURLOptions().setTimeout(STEP_MS));
    assertThat(link("Open the proposal")).isVisible(within(RUN_MS));
    enter(page.locator(".tree a").nth(1));
    assertThat(heading("Candidate v1")).isVisible();
    enter(link("Open the proposal"));
    enter(page.locator(".tasks summary").first());
    assertThat(page.locator(".outputs").first()).isVisible();
    enter(page.getByRole(AriaRole.BUTTON, named("Approve and write")));
    page.onDialog(Dialog::accept);
    enter(page.getByRole(AriaRole.BUTTON, named("Roll back")));
    assertThat(heading("Rolled back")).isVisible();
    assertThat(currentPrompt()).isEqualTo(BrowserLab.prompt());
  }

  @Test
  @Order(3)
  void tasks_that_are_pasted_as_csv_are_read_and_said_before_the_run() {
    logIn();
    visit("/databases");
    page.getByRole(AriaRole.LINK, named("camp.db")).click();
    page.locator(".card a").first().click();
    page.getByText("More inputs").click();
    page.getByLabel("Tasks beside the inputs of the session")
        .fill("question;answer\nIs it <b>now</b>?;yes\nIs it?;no\nis it?;yes\n");
    page.getByLabel("Leave the captured inputs out").check();
    Locator estimate = page.locator("#estimate");
    assertThat(estimate).containsText("2 tasks were read from");
    assertThat(estimate).containsText("\"answer\" was read as \"expected\".");
    assertThat(estimate).containsText("it contradicts line 3");
    assertThat(estimate).containsText("Grader auto is exact: all 2 tasks");
    looksRight("tasks-pasted");
  }

  @Test
  @Order(4)
  void a_judge_is_tested_from_its_page_while_one_looks_on() {
    logIn();
    visit("/judges");
    assertThat(page.locator("#session option").first()).hasText(Pattern.compile("Tickets.*"));
    page.getByLabel("Sandbox’s seed").fill("7");
    page.getByLabel("Scored outputs").fill("40");
    page.getByLabel("Sandbox’s judge").selectOption("noisy");
    press("Test it");
    Locator test = page.locator("#judges .card").first();
    assertThat(test.locator(".badge")).hasText("Done", hasTextWithin(RUN_MS));
    looksRight("judges");
    isShownAsText(test.locator("h3"));
    test.locator("a").click();
    assertThat(heading("Where it errs")).isVisible();
    isShownAsText(page.locator("header.top"));
    looksRight("judge");
    link("Test a judge on this session").click();
    assertThat(page.locator("#session option")).hasCount(1);
  }

  private static RequestSpecification api() {
    return RestAssured.given()
        .header("Authorization", "Bearer " + BrowserLab.TOKEN)
        .contentType(ContentType.JSON);
  }

  private static String started(Map<String, Object> run) {
    return api().body(run).post("/api/v1/runs").then().statusCode(202).extract().path("id");
  }

  private static Map<String, Object> slowRunWithTags() {
    String database = api().get("/api/v1/databases").path("items[0].id");
    String session =
        api().get("/api/v1/databases/{id}/inspection", database).path("sessions[0].id");
    List<Map<String, Object>> tasks = new ArrayList<>();
    for (String input : BrowserLab.TRUTH.inputs(SandboxDomain.TRIAGE, 64)) {
      tasks.add(Map.of("input", input, "tag", tasks.size() % 2 == 0 ? "even" : "<b>odd</b>"));
    }
    return Map.of(
        "database",
        database,
        "sessionId",
        session,
        "engine",
        "java",
        "tasks",
        tasks,
        "search",
        Map.of("rounds", 3),
        "model",
        Map.of("sandbox", Map.of("seed", 7, "latencyMs", 60)));
  }

  @Test
  @Order(6)
  void runs_are_filtered_chosen_and_read_side_by_side() {
    logIn();
    visit("/runs");
    Locator rows = page.locator("table.runs tbody tr");
    int all = rows.count();
    assertThat(all).isGreaterThan(2);
    Locator compare = page.getByRole(AriaRole.BUTTON, named("Compare the chosen"));
    assertThat(compare).isDisabled();
    assertThat(rows.first()).containsText("none, simulated");
    assertThat(
            page.evaluate(
                "document.querySelector('.scroll').scrollWidth <= document.querySelector('.scroll').clientWidth"))
        .as("the table is cut off at 1,280 px")
        .isEqualTo(true);
    looksRight("runs");

    page.getByLabel("Words").fill("no such run anywhere");
    press("Filter");
    assertThat(page.locator("main")).containsText("No run is like that.");
    page.getByRole(AriaRole.LINK, named("Show all")).click();
    page.getByLabel("Engine", exactly()).selectOption("java");
    press("Filter");
    assertThat(rows.first()).containsText("java");

    visit("/runs");
    page.locator("table.runs input").nth(0).check();
    assertThat(compare).isDisabled();
    page.locator("table.runs input").nth(1).check();
    compare.click();
    assertThat(heading("Side by side")).isVisible();
    Locator table = page.locator("table.compared");
    assertThat(table.locator("thead th")).hasCount(3);
    for (String figure : List.of("Verdict", "Effect", "Interval", "Cost", "Seed", "Models")) {
      assertThat(
              table
                  .getByRole(AriaRole.ROWHEADER, new Locator.GetByRoleOptions().setName(figure))
                  .first())
          .isVisible();
    }
    looksRight("runs-compared");
    Download csv = page.waitForDownload(() -> link("Download as CSV").click());
    assertThat(csv.suggestedFilename()).isEqualTo("runs.csv");

    context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    page.locator("details summary").first().click();
    Locator prompt = page.locator("details[open] .copyable").first();
    prompt.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Copy")).click();
    assertThat(prompt.locator("button")).hasText("Copied");
    assertThat(page.evaluate("navigator.clipboard.readText()"))
        .isEqualTo(prompt.locator("pre").textContent());
  }

  @Test
  @Order(7)
  void the_api_is_described_on_a_page_that_loads_nothing_from_elsewhere() {
    logIn();
    List<String> elsewhere = new ArrayList<>();
    page.onRequest(
        request -> {
          if (!request.url().startsWith(server.resolve("/").toString())) {
            elsewhere.add(request.url());
          }
        });
    page.locator("footer").getByText("API").click();
    Locator start = page.locator("#startRun");
    assertThat(start).containsText("Put a run into the queue");
    start.locator("summary").click();
    assertThat(start).containsText("Idempotency-Key");
    start.getByText("NewRun").first().click();
    assertThat(page.locator("#schema-NewRun")).containsText("sessionId");
    page.getByLabel("Find").fill("schedules put");
    assertThat(page.locator("#putSchedule")).isVisible();
    assertThat(start).isHidden();
    assertThat(elsewhere).isEmpty();
    looksRight("reference");
  }

  private void reloadUntil(Locator there) {
    for (double ms = 0; ms < RUN_MS && there.count() == 0; ms += 500) {
      page.waitForTimeout(500);
      page.reload();
    }
    assertThat(there).isVisible();
  }

  private void enter(Locator place) {
    tabTo(place);
    page.keyboard().press("Enter");
  }

  /** As a person without a mouse: forward from where the focus is, seeing where it is. */
  private void tabTo(Locator place) {
    place.waitFor();
    for (int i = 0; i < TABS; i++) {
      page.keyboard().press("Tab");
      if (Boolean.TRUE.equals(place.evaluate("e => e === document.activeElement"))) {
        assertThat(
                place.evaluate(
                    "e => { const s = getComputedStyle(e); const b = getComputedStyle("
                        + "e.querySelector('.box') || e); return s.outlineStyle !== 'none' || b.strokeWidth === '3px'; }"))
            .as("the focus can be seen on %s", place)
            .isEqualTo(true);
        return;
      }
    }
    throw new AssertionError("the keyboard does not come to " + place);
  }
}
