import { PLACES } from "../../shared/domain/alert-place.ts";
import { FLOW_KINDS } from "../../shared/domain/breaker.ts";
import { DELIVERY_STATES } from "../../shared/domain/delivery.ts";
import { ACTIONS } from "../../shared/domain/verdict.ts";

/** What a subscription can ask for: where something happened, to what, and what was done. */
export const places = PLACES;
export const flowKinds = FLOW_KINDS;
export const actions = ACTIONS;
/** How far a delivery has come. */
export const deliveryStates = DELIVERY_STATES;
