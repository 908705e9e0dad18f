package dev.lightningbridge.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy on loopback that sends whatever it is asked for to one port, and keeps what it heard. */
final class TunnelProxy implements AutoCloseable {
  final List<String> heads = new CopyOnWriteArrayList<>();
  private final ServerSocket socket;
  private final int target;
  private final String wanted;
  private final int refuses;

  /**
   * @param wanted a header that a request must bear; empty for none
   * @param refuses the status for all that lack it
   */
  TunnelProxy(int target, String wanted, int refuses) throws IOException {
    this.target = target;
    this.wanted = wanted;
    this.refuses = refuses;
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Connections.of(socket, this::serve);
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      String head = head(client.getInputStream());
      heads.add(head);
      OutputStream out = client.getOutputStream();
      if (!head.contains(wanted)) {
        out.write(
            "HTTP/1.1 %d No\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n"
                .formatted(refuses)
                .getBytes(StandardCharsets.US_ASCII));
        return;
      }
      if (head.startsWith("CONNECT ")) {
        out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } else {
        String path = head.replaceFirst("^(\\w+) http://[^/]+", "$1 ");
        server.getOutputStream().write(path.getBytes(StandardCharsets.ISO_8859_1));
      }
      Thread back = Thread.ofVirtual().start(() -> copy(server, client));
      copy(client, server);
      back.join();
    } catch (IOException | InterruptedException e) {
      // The client has gone.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    int next = in.read();
    while (next >= 0) {
      head.append((char) next);
      if (head.toString().endsWith("\r\n\r\n")) {
        break;
      }
      next = in.read();
    }
    return head.toString();
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One side has gone; the other will see it.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
