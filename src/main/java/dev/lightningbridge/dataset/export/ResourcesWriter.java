package dev.lightningbridge.dataset.export;

import dev.lightningbridge.camp.AgentVersion;
import dev.lightningbridge.camp.Corpus;
import java.io.IOException;
import java.util.Set;

/** resources.jsonl. */
final class ResourcesWriter implements ExportWriter {
  @Override
  public void write(Corpus corpus, ExportRequest request, ExportFolder folder) throws IOException {
    RowFile rows = folder.rows("resources.jsonl");
    Set<String> lineages = request.lineages(corpus);
    folder.count("lineages", lineages.size());
    for (AgentVersion version : corpus.agentVersions()) {
      if (lineages.contains(version.lineageId())) {
        rows.write(LightningRows.resources(version));
        folder.count("agent_versions", 1);
      }
    }
  }
}
