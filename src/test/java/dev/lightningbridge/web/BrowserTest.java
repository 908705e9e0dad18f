package dev.lightningbridge.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.assertions.PageAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.rollouts.RolloutStore;
import dev.lightningbridge.workshop.Workshop;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** From an empty home to a promotion that was rolled back; and texts that would do harm. */
@QuarkusTest
@WithTestResource(value = BrowserLab.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@Tag("browser")
@TestMethodOrder(OrderAnnotation.class)
class BrowserTest extends BrowserCase {
  @Inject Workshop workshop;

  @Test
  @Order(1)
  void a_person_gives_the_token_and_reads_what_to_do_first() {
    visit("/");
    assertThat(page).hasURL(Pattern.compile(".*/login$"));
    looksRight("login");
    page.getByLabel("Token").fill("wrong");
    press("Log in");
    assertThat(page.getByRole(AriaRole.ALERT)).hasText("This is not the token.");
    page.getByLabel("Token").fill(BrowserLab.TOKEN);
    press("Log in");

    assertThat(heading("Nothing has run yet")).isVisible();
    looksRight("first");
    page.keyboard().press("Tab");
    assertThat(page.locator(".skip")).isFocused();

    page.getByRole(AriaRole.BUTTON, named("Log out")).click();
    assertThat(page).hasURL(Pattern.compile(".*/login$"));
  }

  @Test
  @Order(2)
  void a_prompt_is_improved_approved_and_rolled_back() {
    logIn();
    page.getByLabel("Pages").getByText("Databases").click();
    looksRight("databases");
    page.getByRole(AriaRole.LINK, named("camp.db")).click();
    looksRight("database");
    page.locator(".card a").first().click();
    assertThat(page.locator("#estimate")).containsText("model calls");
    page.getByLabel("What changes").selectOption("dpo");
    assertThat(page.locator("main")).containsText("no folder of base models was named");
    assertThat(page.locator("#estimate")).containsText("LB-8016");
    page.getByLabel("What changes").selectOption("prompt");
    assertThat(page.locator("#estimate")).containsText("model calls");
    looksRight("session");

    page.getByLabel("Engine", exactly()).selectOption("java");
    page.getByLabel("Sandbox’s seed").fill("7");
    page.getByLabel("Rounds").fill("3");
    press("Start the run");
    assertThat(page)
        .hasURL(
            Pattern.compile(".*/runs/[0-9a-f-]{36}$"),
            new PageAssertions.HasURLOptions().setTimeout(STEP_MS));

    // Live: the picture grows by itself, and the page knows when the run has ended.
    assertThat(page.locator(".tree .node").nth(1)).isVisible(within(RUN_MS));
    assertThat(page.locator(".progress").first()).containsText("rollouts", text(RUN_MS));
    looksRight("run-live");
    assertThat(link("Open the proposal")).isVisible(within(RUN_MS));
    assertThat(heading("The winner")).isVisible();
    page.locator(".tree a").nth(1).click();
    assertThat(heading("Candidate v1")).isVisible();
    looksRight("run");

    link("Open the proposal").click();
    assertThat(heading("Your decision")).isVisible();
    page.locator(".tasks summary").first().click();
    assertThat(page.locator(".outputs").first()).isVisible();
    isShownAsText(page.locator(".diff").first());
    looksRight("proposal");

    press("Approve and write");
    assertThat(page.getByRole(AriaRole.BUTTON, named("Roll back"))).isVisible();
    assertThat(currentPrompt()).isNotEqualTo(BrowserLab.prompt());
    looksRight("promoted");

    page.onDialog(Dialog::accept);
    press("Roll back");
    assertThat(heading("Rolled back")).isVisible();
    assertThat(currentPrompt()).isEqualTo(BrowserLab.prompt());

    page.getByText("Edit the new prompt and test it again").click();
    String proposed = page.locator("#edited").inputValue();
    assertThat(page.locator("#edited").boundingBox().width)
        .as("the box is as wide as the diff above it")
        .isGreaterThan(0.9 * page.locator("[aria-labelledby=prompt]").boundingBox().width);
    page.locator("#edited").fill(proposed + "\nA person's own line.");
    looksRight("proposal-edited");
    press("Test this prompt");
    assertThat(page).hasURL(Pattern.compile(".*/runs/[0-9a-f-]{36}$"));
    assertThat(page.locator(".verdict").first()).isVisible(within(RUN_MS));
    page.locator(".tree a").nth(1).click();
    assertThat(page.locator("main")).containsText("A person's own line.");
    looksRight("run-edited");

    visit("/judges");
    looksRight("judges");
    page.locator("tbody a").first().click();
    assertThat(heading("Where it errs")).isVisible();
    looksRight("judge");
    visit("/");
    assertThat(heading("Ended last")).isVisible();
    looksRight("home");
  }

  @Test
  @Order(3)
  void hostile_texts_are_shown_and_do_nothing() {
    logIn();
    visit("/databases");
    page.getByRole(AriaRole.LINK, named("camp.db")).click();
    isShownAsText(page.locator(".card h3").first());
    page.locator(".card a").first().click();
    page.getByText("Lineage A, version 1").click();
    isShownAsText(page.locator("details[open] pre").last());
    visit("/runs/%3Cscript%3Ewindow.harmed=1%3C%2Fscript%3E");
    assertThat(page.locator("main")).containsText("<script>");
    assertThat(page.evaluate("window.harmed === undefined")).isEqualTo(true);
    complaints.removeIf(text -> text.contains("status of 404"));
  }

  @Test
  @Order(4)
  void a_schedule_is_added_and_removed() {
    logIn();
    visit("/schedule");
    page.getByLabel("Name").fill("Twice a week");
    page.getByLabel("Time of day").fill("02:30");
    page.getByLabel("mon", exactly()).check();
    page.getByLabel("fri", exactly()).check();
    page.getByLabel("Engine", exactly()).selectOption("java");
    isShownAsText(page.locator("#lineages-of"));
    page.locator("#lineages-of input").first().check();
    page.getByLabel("Take in the inputs and scores of the sessions with the same need").check();
    page.getByLabel("Keep examples out of new prompts").check();
    looksRight("schedule-form");
    press("Add");
    assertThat(heading("Twice a week")).isVisible();
    assertThat(page.locator(".card").first())
        .containsText("Monday and Friday at 02:30 in Europe/Berlin · 1 chosen lineage");
    assertThat(page.locator(".card").first()).containsText("engine java");
    assertThat(page.locator(".card").first())
        .containsText("with the sessions of the same need · no examples in prompts");
    looksRight("schedule");
    page.onDialog(Dialog::accept);
    press("Remove");
    assertThat(page.locator("main")).containsText("nothing runs by itself");
  }

  @Test
  @Order(6)
  void home_says_whether_runners_of_agentlightning_are_there_for_what_waits() {
    RolloutStore store = new RolloutStore(workshop.database(), BrowserLab.STORE);
    store.enqueue(TextNode.valueOf("one"), null, null, null, null);
    store.enqueue(TextNode.valueOf("another"), null, null, null, null);
    logIn();
    visit("/");
    assertThat(heading("Agents of agentlightning")).isVisible();
    assertThat(page.locator("#loops")).containsText("Rollouts wait and no runner is there");
    assertThat(page.locator("#loops")).containsText("switched off");
    looksRight("stores-waiting");

    store.dequeue(1, "runner-1");
    visit("/");
    assertThat(page.locator("#loops")).containsText("1 runner in the last minute");
    assertThat(page.locator("#loops")).not().containsText("no runner is there");
    looksRight("stores");
  }

  @Test
  @Order(5)
  void a_problem_is_told_where_the_person_is() {
    logIn();
    visit("/schedule");
    page.getByText("Times that days and an hour cannot say").click();
    page.getByLabel("Cron expression").fill("at noon");
    press("Add");
    assertThat(page.locator("#trouble")).containsText("LB-");
    complaints.removeIf(text -> text.contains("422"));
  }

  @Test
  @Order(6)
  void a_session_says_what_people_preferred_and_offers_to_pool_others_of_its_need() {
    Path folder = Path.of(ConfigProvider.getConfig().getValue(BrowserLab.FOLDER, String.class));
    try (CampFixture fixture = CampFixture.create(folder.resolve("databases/pool.db"), 9)) {
      String session = fixture.session("Mondays", "Answer letters", null);
      fixture.run(
          fixture.agent(
              fixture.lineage(fixture.session("Fridays", "Answer letters", null), "A"), "x"),
          1,
          "A letter of Friday",
          "Answer");
      String agent = fixture.agent(fixture.lineage(session, "A"), "Be brief.");
      String better = fixture.run(agent, 1, "A letter", "Short").artifactId();
      String worse = fixture.run(agent, 2, "A letter", "Long").artifactId();
      fixture.compare(better, List.of(worse), "It is short");
    }
    logIn();
    visit("/databases");
    page.getByRole(AriaRole.LINK, named("pool.db")).click();
    page.getByRole(AriaRole.LINK, named("Mondays")).click();
    assertThat(page.getByText("give them with “Tasks beside the inputs of the session”"))
        .isVisible();
    assertThat(page.locator("tbody tr").first().locator("td").nth(3)).hasText("1");
    assertThat(page.locator("tbody tr").first().locator("td").nth(4)).hasText("0");
    page.getByText("More inputs").click();
    page.getByLabel("Take in the inputs and scores of the other session with the same need")
        .check();
    assertThat(page.locator("#estimate"))
        .containsText("1 further input and 0 scored outputs of session Fridays");
    page.getByText("More inputs").scrollIntoViewIfNeeded();
    looksRight("session-pool");
  }
}
