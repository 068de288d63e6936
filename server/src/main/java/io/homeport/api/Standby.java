package io.homeport.api;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.homeport.runtime.Election;
import java.util.Optional;
import java.util.function.BiPredicate;
import javax.net.ssl.SSLContext;

/**
 * What a server needs that stands for election, beside what it needs when it leads.
 *
 * @param election who leads
 * @param stop ends this server
 * @param pages answers a request that a page of another site sent, and says whether it was one;
 *     asked on the standby, because the leader sees the standby's requests and not the browser's
 * @param trust how the leader proves who it is, over HTTPS; absent for the JDK's authorities
 */
public record Standby(
    Election election,
    Backend.Stop stop,
    BiPredicate<ServerRequest, ServerResponse> pages,
    Optional<SSLContext> trust) {}
