package io.homeport.api;

import io.homeport.runtime.Election;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What a server needs that stands for election, beside what it needs when it leads.
 *
 * @param election who leads
 * @param stop ends this server
 * @param trust how the leader proves who it is, over HTTPS; absent for the JDK's authorities
 */
public record Standby(Election election, Backend.Stop stop, Optional<SSLContext> trust) {}
