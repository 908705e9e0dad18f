package dev.lightningbridge.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.api.JudgeReportsResource;
import dev.lightningbridge.api.requests.NewJudgeReport;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolArg;
import io.quarkiverse.mcp.server.ToolResponse;
import jakarta.inject.Singleton;

/** Compares judges with people's scores. */
@Singleton
public class JudgeTools {
  static final String REPORT = "report";

  private final JudgeReportsResource reports;
  private final Answers answers;

  JudgeTools(JudgeReportsResource reports, Answers answers) {
    this.reports = reports;
    this.answers = answers;
  }

  @Tool(
      name = "judge",
      description =
          "Starts a comparison of a judge model with the scores that people gave. It calls the model"
              + " and may cost money; show_judge tells when it is done.",
      inputSchema = @Tool.InputSchema(generator = RequestSchema.OfJudgeReport.class),
      annotations = @Tool.Annotations(destructiveHint = false, openWorldHint = true))
  ToolResponse start(@ToolArg(name = REPORT) JsonNode report) {
    return answers.of(report, NewJudgeReport.class, asked -> reports.start(asked).getEntity());
  }

  @Tool(
      name = "show_judge",
      description = "A comparison: how far it is, and how well the judge agrees with people.",
      annotations = @Tool.Annotations(readOnlyHint = true, destructiveHint = false))
  ToolResponse show(@ToolArg(description = "The id that judge gave.") String id) {
    return answers.of(() -> reports.show(id));
  }
}
