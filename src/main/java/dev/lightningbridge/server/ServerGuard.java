package dev.lightningbridge.server;

import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.agent.NamedAgents;
import dev.lightningbridge.grading.ExternalGrader;
import dev.lightningbridge.runs.CampGuard;
import dev.lightningbridge.runs.nights.NamedGraders;
import java.nio.file.Path;

/** Lets runs use what the server's configuration allows, whoever has begun them. */
record ServerGuard(Databases databases, NamedAgents agents, NamedGraders graders)
    implements CampGuard {
  @Override
  public void check(Path camp) {
    databases.file(camp.toString());
  }

  @Override
  public void check(AgentChoice agent) {
    agents.check(agent);
  }

  @Override
  public void check(ExternalGrader grader) {
    graders.check(grader);
  }
}
