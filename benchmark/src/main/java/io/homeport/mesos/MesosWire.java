package io.homeport.mesos;

import io.homeport.model.Agent;
import io.homeport.model.Call;
import io.homeport.model.Pool;
import io.homeport.model.PortRange;
import java.util.Collection;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Value;

/**
 * What goes over the wire to and from Mesos, through the engine's own translations. It is in the
 * engine's package because these are nobody else's business.
 *
 * @param role whose resources are offered
 * @param calls from the core's calls to Mesos's
 */
public record MesosWire(String role, CallTranslation calls) {
  private static final String FRAMEWORK = "framework-1";

  /**
   * The wire of a framework.
   *
   * @param role its role
   */
  public static MesosWire of(String role) {
    return new MesosWire(
        role, new CallTranslation(MesosOptions.of("127.0.0.1:5050", role), "installation"));
  }

  /**
   * An offer, as Mesos makes it.
   *
   * @param id its id
   * @param agent whose it is
   * @param free what is offered
   */
  public Offer offer(String id, Agent agent, Pool free) {
    Offer.Builder offer = Offer.newBuilder();
    offer.getIdBuilder().setValue(id);
    offer.getFrameworkIdBuilder().setValue(FRAMEWORK);
    offer.getAgentIdBuilder().setValue(agent.id().value());
    offer.setHostname(agent.hostname());
    offer.getAllocationInfoBuilder().setRole(role);
    offer.addResources(scalar("cpus", free.resources().cpus()));
    offer.addResources(scalar("mem", free.resources().mem()));
    offer.addResources(scalar("disk", free.resources().disk()));
    Resource.Builder ports = resource("ports", Value.Type.RANGES);
    for (PortRange range : free.ports().ranges()) {
      ports.getRangesBuilder().addRangeBuilder().setBegin(range.begin()).setEnd(range.end());
    }
    return offer.addResources(ports).build();
  }

  /**
   * An offer that was declined, made once more.
   *
   * @param before as it was
   * @param id its id now
   */
  public static Offer again(Offer before, String id) {
    return before.toBuilder().setId(OfferID.newBuilder().setValue(id)).build();
  }

  private Resource.Builder scalar(String name, double amount) {
    Resource.Builder resource = resource(name, Value.Type.SCALAR);
    resource.getScalarBuilder().setValue(amount);
    return resource;
  }

  private Resource.Builder resource(String name, Value.Type type) {
    Resource.Builder resource = Resource.newBuilder().setName(name).setType(type);
    resource.getAllocationInfoBuilder().setRole(role);
    return resource;
  }

  /**
   * An offer in the core's words.
   *
   * @param offer as Mesos made it
   * @param agent whose it is
   */
  public static io.homeport.model.Offer received(Offer offer, Agent agent) {
    return OfferTranslation.offer(offer, agent);
  }

  /**
   * A call as bytes.
   *
   * @param call the core's
   * @param used the offers that an accept uses
   */
  public byte[] encoded(Call call, Collection<Offer> used) {
    return Encoding.PROTOBUF.encode(calls.call(call, FRAMEWORK, used, agent -> true));
  }
}
