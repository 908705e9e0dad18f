package dev.lightningbridge.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The server's settings, each also an environment variable ({@code LIGHTNING_BRIDGE_HOME}, …). */
@ConfigMapping(prefix = "lightning-bridge")
public interface ServerSettings {
  /** The folder of bridge.db, reports, backups and the token. */
  @WithDefault(".lightning-bridge")
  Path home();

  /** Where runs, proposals and schedules are kept; bridge.db of the home folder is the default. */
  @WithDefault("sqlite")
  Datasource datasource();

  /** Kinds of databases. */
  enum Datasource {
    SQLITE,
    POSTGRESQL
  }

  /** The database that several servers share. */
  Postgresql postgresql();

  /** A PostgreSQL database. */
  interface Postgresql {
    /** Such as {@code jdbc:postgresql://db.example/bridge}. */
    Optional<String> url();

    Optional<String> user();

    /** The environment variable that holds the password. */
    @WithDefault("PGPASSWORD")
    String passwordVariable();

    /** A file that holds the password instead. */
    Optional<Path> passwordFile();
  }

  /** Folders below which Training Camp databases may be used. */
  Optional<List<Path>> databases();

  /** Folders below which models may be trained from. */
  Optional<List<Path>> baseModels();

  /** Names and addresses under which it is reached, beside those of loopback. */
  Optional<Set<String>> hosts();

  /** Runs at a time. */
  @WithDefault("2")
  int parallelRuns();

  /** Labels of the runs that this server takes beside those without one. */
  Optional<Set<String>> labels();

  /** Whether the simulated model may be used. */
  @WithDefault("true")
  boolean sandbox();

  /** Agents that are programs, by the names under which requests may have them run. */
  Map<String, NamedAgent> agents();

  /** Graders outside of this program, by the names under which runs and schedules call them. */
  Map<String, NamedGrader> graders();

  /** One of a command and a URL. */
  interface NamedGrader {
    /** Words parted by spaces, or a JSON array of them; no shell reads it. */
    Optional<String> command();

    Optional<String> url();

    /** Seconds for an output. */
    @WithDefault("60")
    int timeout();
  }

  /** A program or service that is an agent: one of command, url and class. */
  interface NamedAgent {
    /** Words parted by spaces, or a JSON array; run in the server's working folder. */
    Optional<String> command();

    Optional<String> url();

    @WithName("class")
    Optional<String> type();

    /** Where the class is. */
    Optional<List<String>> path();

    /** Seconds that a rollout may take. */
    @WithDefault("600")
    int timeout();
  }

  /** Whether assistants may use this server by the Model Context Protocol, at {@code /mcp}. */
  @WithDefault("false")
  boolean mcp();

  /** Applications whose calls are captured, by the names of their agents. */
  Map<String, Capture> capture();

  /** An application that calls its endpoint through this server. */
  interface Capture {
    /** Whether its calls are recorded; they are passed on all the same. */
    @WithDefault("true")
    boolean enabled();

    /** The OpenAI-compatible endpoint that its calls go to; without one only spans are taken. */
    Optional<String> baseUrl();

    /** The environment variable that holds the endpoint's key. */
    @WithDefault("OPENAI_API_KEY")
    String keyVariable();

    /** A file outside every repository that holds the key instead. */
    Optional<Path> keyFile();

    /** The header that carries the key. */
    Optional<String> keyHeader();

    /** The database that its calls are written into; one in an allowed folder. */
    Path database();

    /** The share of calls that is recorded, 0 to 1. */
    @WithDefault("1")
    double share();

    /**
     * The share of those who ask for its prompt with a key that are given the candidate, 0 to 1.
     */
    @WithDefault("0")
    double candidateShare();

    /** Regular expressions of what is never stored, by the names that stand in its place. */
    Map<String, String> masks();

    /** Days after which calls are deleted. */
    Optional<Integer> keepDays();

    /** Bytes of the database above which the oldest calls are deleted. */
    Optional<Long> keepBytes();
  }

  /** Agents of agentlightning whose runners call this server, by their names. */
  Map<String, Agl> agl();

  /** An agent whose runners take rollouts here. */
  interface Agl {
    /** Whether its store is served. */
    @WithDefault("true")
    boolean enabled();

    /** Days after which finished rollouts are deleted, with all that was told of them. */
    Optional<Integer> keepDays();

    /** Seconds that a rollout of a run may take. */
    @WithDefault("600")
    int timeout();
  }

  /** The model endpoint that runs call; only the configuration names one. */
  Endpoint endpoint();

  /** An endpoint of one role. */
  interface OfRole {
    Optional<String> baseUrl();

    /**
     * The environment variable that holds its key; without it the key is that of the agent's
     * endpoint where it is the same server, else none.
     */
    Optional<String> keyVariable();

    Optional<Path> keyFile();

    Optional<String> keyHeader();

    Map<String, String> headers();
  }

  /** An OpenAI-compatible endpoint. */
  interface Endpoint {
    Optional<String> baseUrl();

    /** The environment variable that holds its key. */
    @WithDefault("OPENAI_API_KEY")
    String keyVariable();

    /** A file outside every repository that holds the key instead. */
    Optional<Path> keyFile();

    /** The header that carries the key. */
    Optional<String> keyHeader();

    /** Headers of every call; {@code env:VARIABLE} reads a secret one from the environment. */
    Map<String, String> headers();

    /** Parameters of the URL, such as {@code api-version}. */
    Map<String, String> query();

    /** Seconds that one answer may take. */
    Optional<Integer> timeout();

    /** The limit of every answer in tokens, thinking included. */
    Optional<Integer> maxOutputTokens();

    /** Where critiques are written, if elsewhere; edits too unless the next says otherwise. */
    OfRole critic();

    /** Where prompts are edited, if elsewhere. */
    OfRole editor();

    /** Where outputs are scored, if elsewhere. */
    OfRole judge();

    /** A file with prices in USD per million tokens. */
    Optional<Path> prices();
  }
}
