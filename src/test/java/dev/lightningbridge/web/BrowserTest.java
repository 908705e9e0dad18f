package dev.lightningbridge.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PageAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.lightningbridge.camp.CampDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The pages in a real browser. With {@code -Dweb.pictures=FOLDER} it keeps a picture of each. */
@QuarkusTest
@WithTestResource(BrowserLab.class)
@Tag("browser")
@TestMethodOrder(OrderAnnotation.class)
class BrowserTest {
  private static final double RUN_MS = 90_000;
  private static final double STEP_MS = 15_000;

  private static Playwright playwright;
  private static Browser browser;

  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;
  private Page page;

  @TestHTTPResource URI server;

  @BeforeEach
  void open() {
    Optional<Path> chromium = Browsers.chromium();
    assumeTrue(chromium.isPresent(), "no Chromium is on the PATH: the pages are not tried");
    if (browser == null) {
      playwright = Browsers.playwright();
      browser = Browsers.launch(playwright, chromium.get());
    }
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(1280, 900)
                .setTimezoneId("Europe/Berlin")
                .setLocale("en-GB"));
    context.setDefaultTimeout(STEP_MS);
    page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !message.text().contains("status of 401")) {
            complaints.add(message.text());
          }
        });
  }

  @AfterEach
  void nothing_was_blocked_and_no_script_failed() {
    if (context != null) {
      context.close();
      assertThat(complaints).isEmpty();
    }
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
      playwright.close();
      browser = null;
    }
  }

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
    looksRight("session");

    page.getByLabel("Engine").selectOption("java");
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
    page.locator("details summary").last().click();
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
    page.getByLabel("Name").fill("Every night");
    press("Add");
    assertThat(heading("Every night")).isVisible();
    assertThat(page.locator(".card").first()).containsText("Europe/Berlin");
    looksRight("schedule");
    page.onDialog(Dialog::accept);
    press("Remove");
    assertThat(page.locator("main")).containsText("nothing runs by itself");
  }

  @Test
  @Order(5)
  void a_problem_is_told_where_the_person_is() {
    logIn();
    visit("/schedule");
    page.getByLabel("When").fill("at noon");
    press("Add");
    assertThat(page.locator("#trouble")).containsText("LB-");
    complaints.removeIf(text -> text.contains("422"));
  }

  private void isShownAsText(Locator place) {
    assertThat(place).containsText("<script>window.harmed=1</script>");
    assertThat(place).containsText("{{7*7}} {inject:ui.csrf} ]]> [U+202E]gnp.exe'\">");
    assertThat(page.evaluate("window.harmed === undefined")).isEqualTo(true);
    assertThat(page.locator("main script, main img").count()).isZero();
  }

  /** No serious violation of accessibility on light and dark ground, and no sideways scrolling. */
  private void looksRight(String name) {
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
      assertThat(seriousViolations()).as("%s, %s", name, colours).isEmpty();
      picture(name + (colours == ColorScheme.DARK ? "-dark" : ""), false);
    }
    page.setViewportSize(360, 780);
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as("%s scrolls sideways on a phone", name)
        .isEqualTo(true);
    picture(name + "-phone", true);
    page.setViewportSize(1280, 900);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }

  private List<String> seriousViolations() {
    return analysed().getViolations().stream()
        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
        .map(BrowserTest::words)
        .toList();
  }

  /** A page that reloads itself, such as a run's at its end, is looked at once it has. */
  private AxeResults analysed() {
    for (int left = 3; ; left--) {
      try {
        return new AxeBuilder(page).analyze();
      } catch (RuntimeException e) {
        if (left == 0) {
          throw e;
        }
        page.waitForLoadState();
      }
    }
  }

  private static String words(Rule rule) {
    return rule.getId() + ": " + rule.getNodes().get(0).getHtml();
  }

  private void picture(String name, boolean phone) {
    String folder = System.getProperty("web.pictures");
    if (folder != null) {
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(Path.of(folder, "web-" + name + ".png"))
              .setFullPage(!phone));
    }
  }

  private void logIn() {
    visit("/login");
    page.getByLabel("Token").fill(BrowserLab.TOKEN);
    press("Log in");
    assertThat(page.locator(".bar")).isVisible();
  }

  private static String currentPrompt() {
    Path folder = Path.of(ConfigProvider.getConfig().getValue(BrowserLab.FOLDER, String.class));
    try (CampDatabase camp =
        CampDatabase.open(folder.resolve("databases/camp.db"), CampDatabase.Options.DEFAULT)) {
      String lineage = camp.corpus().lineages().get(0).id();
      return camp.corpus().currentAgent(lineage).orElseThrow().systemPrompt();
    }
  }

  private void visit(String path) {
    page.navigate(server.resolve(path).toString());
  }

  private void press(String button) {
    page.getByRole(AriaRole.BUTTON, named(button)).click();
  }

  private Locator link(String name) {
    return page.getByRole(AriaRole.LINK, named(name));
  }

  private Locator heading(String name) {
    return page.getByRole(AriaRole.HEADING, named(name)).first();
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static LocatorAssertions.IsVisibleOptions within(double ms) {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(ms);
  }

  private static LocatorAssertions.ContainsTextOptions text(double ms) {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(ms);
  }
}
