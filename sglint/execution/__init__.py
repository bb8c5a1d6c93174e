"""How a run is carried out: what is passed over, which process judges which unit, and what is known from before."""
