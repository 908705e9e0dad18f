package dev.lightningbridge.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.needs.Need;
import dev.lightningbridge.needs.Needs;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A page in a real browser. With {@code -Dweb.pictures=FOLDER} it keeps a picture of each. */
@Needs(Need.CHROMIUM)
abstract class BrowserCase {
  static final double RUN_MS = 90_000;
  static final double STEP_MS = 15_000;

  private static Playwright playwright;
  private static Browser browser;

  final List<String> complaints = new ArrayList<>();
  BrowserContext context;
  Page page;

  @TestHTTPResource URI server;

  @BeforeEach
  void open() {
    if (browser == null) {
      playwright = Browsers.playwright();
      browser = Browsers.launch(playwright, Browsers.chromium().orElseThrow());
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

  void isShownAsText(Locator place) {
    assertThat(place).containsText("<script>window.harmed=1</script>");
    assertThat(place).containsText("{{7*7}} {inject:ui.csrf} ]]> [U+202E]gnp.exe'\">");
    assertThat(page.evaluate("window.harmed === undefined")).isEqualTo(true);
    assertThat(page.locator("main script, main img").count()).isZero();
  }

  /** No serious violation of accessibility on light and dark ground, and no sideways scrolling. */
  void looksRight(String name) {
    // No waitForFunction: it polls by eval in the page, which the page's own policy forbids.
    assertThat(page.locator(".htmx-request")).hasCount(0);
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
        .map(BrowserCase::words)
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

  void logIn() {
    visit("/login");
    page.getByLabel("Token").fill(BrowserLab.TOKEN);
    press("Log in");
    assertThat(page.locator(".bar")).isVisible();
  }

  static String currentPrompt() {
    return currentAgent().systemPrompt();
  }

  static String currentModel() {
    return currentAgent().model().modelId();
  }

  private static AgentVersion currentAgent() {
    Path folder = Path.of(ConfigProvider.getConfig().getValue(BrowserLab.FOLDER, String.class));
    try (CampDatabase camp =
        CampDatabase.open(folder.resolve("databases/camp.db"), CampDatabase.Options.DEFAULT)) {
      String lineage = camp.corpus().lineages().get(0).id();
      return camp.corpus().currentAgent(lineage).orElseThrow();
    }
  }

  void visit(String path) {
    page.navigate(server.resolve(path).toString());
  }

  void press(String button) {
    page.getByRole(AriaRole.BUTTON, named(button)).click();
  }

  Locator link(String name) {
    return page.getByRole(AriaRole.LINK, named(name));
  }

  Locator heading(String name) {
    return page.getByRole(AriaRole.HEADING, named(name)).first();
  }

  static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  static LocatorAssertions.IsVisibleOptions within(double ms) {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(ms);
  }

  static LocatorAssertions.ContainsTextOptions text(double ms) {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(ms);
  }

  static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }

  static Page.LocatorOptions hasText(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  static LocatorAssertions.HasTextOptions hasTextWithin(double ms) {
    return new LocatorAssertions.HasTextOptions().setTimeout(ms);
  }
}
