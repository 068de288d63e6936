package io.homeport.mesos;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.mesos.v1.Protos.Offer;

/** Offers and agents of no importance. */
final class TestOffers {
  static final Agent AGENT =
      new Agent(
          new AgentId("agent"),
          "host",
          Optional.empty(),
          Optional.empty(),
          new TreeMap<>(),
          List.of());

  static final Offer EMPTY = empty();

  private TestOffers() {}

  private static Offer empty() {
    Offer.Builder offer = Offer.newBuilder().setHostname("host");
    offer.getIdBuilder().setValue("offer");
    offer.getAgentIdBuilder().setValue("agent");
    offer.getFrameworkIdBuilder().setValue("framework");
    offer.getAllocationInfoBuilder().setRole("homeport");
    return offer.build();
  }
}
