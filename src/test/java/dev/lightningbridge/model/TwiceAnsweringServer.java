package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Function;

/** A broken proxy: after the answer to a request it sends another one that nobody asked for. */
public final class TwiceAnsweringServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Function<ObjectNode, String> answers;

  /**
   * @param answers from a request's body to the answer's
   */
  public TwiceAnsweringServer(Function<ObjectNode, String> answers) throws IOException {
    this.answers = answers;
    listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    Thread.ofVirtual().start(this::accept);
  }

  public String baseUrl() {
    return "http://127.0.0.1:" + listener.getLocalPort() + "/v1";
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream())) {
      while (true) {
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
          if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
            length = Integer.parseInt(line.substring(15).strip());
          }
        }
        String answer = answers.apply((ObjectNode) Json.mapper().readTree(in.readNBytes(length)));
        String ghost = EndpointFault.answer("ghost");
        socket
            .getOutputStream()
            .write((response(answer) + response(ghost)).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // The client hung up, as it should.
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("closed");
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private static String response(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(body.getBytes(StandardCharsets.UTF_8).length, body);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
