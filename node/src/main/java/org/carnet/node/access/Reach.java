// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import org.carnet.node.policies.Question.Circumstances;
import org.carnet.node.policies.Question.Resource;

import java.util.List;
import java.util.Optional;

/// What the policies in force let somebody ask of the node, and of what belongs to nobody that they are, so that a page
/// offers nobody what would be refused. It promises nothing: each request is decided anew.
public final class Reach {
    private final List<Route> routes;
    private final Gate gate;

    Reach(Routes routes, Gate gate) {
        this.routes = routes.all().stream().filter(route -> !route.isPublic()).toList();
        this.gate = gate;
    }

    /// Actions of the schema, in the order of the alphabet.
    public List<String> of(Caller caller) {
        return routes.stream()
                .filter(route -> gate.may(caller, route.action(), of(route), Circumstances.REMOTE))
                .map(Route::action)
                .distinct()
                .sorted()
                .toList();
    }

    private static Resource of(Route route) {
        return route.resource().equals("Node")
                ? Resource.NODE
                : new Resource(route.resource(), "", Optional.empty());
    }
}
