package io.homeport.mesos;

import io.homeport.model.OfferId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.mesos.v1.Protos.Offer;

/** The offers not answered yet, as Mesos made them: operations are built from them. */
final class OutstandingOffers {
  private final Map<OfferId, Offer> offers = new HashMap<>();

  /** Remembers an offer. */
  synchronized void add(Offer offer) {
    offers.put(new OfferId(offer.getId().getValue()), offer);
  }

  /** Takes out those that are answered. */
  synchronized List<Offer> take(Collection<OfferId> ids) {
    List<Offer> taken = new ArrayList<>();
    for (OfferId id : ids) {
      Offer offer = offers.remove(id);
      if (offer != null) {
        taken.add(offer);
      }
    }
    return taken;
  }

  /** Forgets all: the connection they came over is gone. */
  synchronized void clear() {
    offers.clear();
  }
}
