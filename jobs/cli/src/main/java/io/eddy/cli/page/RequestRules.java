package io.eddy.cli.page;

import com.sun.net.httpserver.Headers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What keeps other web pages out. A name that points here but is none of this machine's own is refused, for a page elsewhere could have
 * its name point here (DNS rebinding); and nothing is written on behalf of another page (cross-site requests).
 */
final class RequestRules {
    private static final Pattern IP_ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Set<String> names = new HashSet<>(Set.of("localhost"));

    /** @param host to which the server is bound */
    RequestRules(String host) {
        names.add(host.toLowerCase(Locale.ROOT));
        try {
            InetAddress here = InetAddress.getLocalHost();
            names.add(here.getHostName().toLowerCase(Locale.ROOT));
            names.add(here.getCanonicalHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException e) {
            // Then it has no name of its own.
        }
    }

    static void addTo(Headers headers) {
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
    }

    /** Why a request is refused; null if it is not. */
    @Nullable
    String fault(Headers headers) {
        List<String> hosts = headers.getOrDefault("Host", List.of());
        if (hosts.size() != 1 || !isOurs(hosts.get(0))) {
            return "Host: expected this machine's address or name, found " + String.join(", ", hosts);
        }
        return null;
    }

    /** Why a request that writes is refused; null if it is not. */
    @Nullable
    String faultOfPost(Headers headers) {
        String fault = fault(headers);
        if (fault != null) {
            return fault;
        }
        String origin = String.valueOf(headers.getFirst("Origin"));
        String expected = "http://" + headers.getFirst("Host");
        if (!origin.equalsIgnoreCase(expected)) {
            return "Origin: expected " + expected + ", found " + origin;
        }
        String type = String.valueOf(headers.getFirst("Content-Type")).toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.startsWith("application/json;")) {
            return "Content-Type: expected application/json, found " + type;
        }
        return null;
    }

    private boolean isOurs(String host) {
        String name = host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        return names.contains(name) || IP_ADDRESS.matcher(name).matches();
    }
}
