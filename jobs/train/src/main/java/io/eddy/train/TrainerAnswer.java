package io.eddy.train;

/**
 * What a trainer says about its share of a round.
 *
 * @param plan the share, without what only the trainer needed
 */
record TrainerAnswer(RoundPlan plan, Fitted fitted) {}
