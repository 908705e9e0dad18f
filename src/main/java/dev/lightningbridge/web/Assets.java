package dev.lightningbridge.web;

import dev.lightningbridge.runs.report.HtmlReport;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;

/** Files of other projects that pages load, and the report's style; ours lie beside as files. */
@Path("/assets/lib")
public class Assets {
  private static final int DAY = 86_400;
  private static final String WEB = "/META-INF/resources/";

  /** A test sees to it that the versions are those of the build. */
  private static final Map<String, Asset> ASSETS =
      Map.of(
          "htmx.js",
          new Asset(WEB + "webjars/htmx.org/2.0.8/dist/htmx.min.js", "text/javascript"),
          "echarts.js",
          new Asset(WEB + "_static/echarts/6.0.0/dist/echarts.min.js", "text/javascript"),
          "report.css",
          new Asset("/dev/lightningbridge/runs/report/report.css", "text/css;charset=UTF-8"));

  private record Asset(String resource, String type) {}

  @GET
  @Path("{name}")
  public Response file(@PathParam("name") String name) {
    Asset asset = ASSETS.get(name);
    if (asset == null) {
      throw new NotFoundException();
    }
    InputStream in =
        Objects.requireNonNull(
            HtmlReport.class.getResourceAsStream(asset.resource()), asset.resource());
    CacheControl cache = new CacheControl();
    cache.setMaxAge(DAY);
    return Response.ok(in, asset.type()).cacheControl(cache).build();
  }
}
