/**
 * The arithmetic of Eddy, on the JDK alone. In comes the value of a step of one series, with what is remembered of the series ({@link Memory}) and the
 * weights of a network; out comes an {@link Answer}: a score of that value, and a forecast of the next ones with its intervals. {@link Forecaster} takes a
 * step from top to bottom.
 *
 * <p>The classes stand in layers, the first on top. Each knows its own layer and those below it; {@code LayersTest} reads them here. Below
 * them all is the package {@code io.eddy.model.network}: weights, and what they are the weights of.
 *
 * <ul>
 *   <li>Training: what a network learns from, and how forecasts turned out. {@link TrainingSeries}, {@link Accuracy}, {@link WaitingForecasts}.
 *   <li>Step: a series is judged, learns and is forecast; all that lasts of it. {@link Forecaster}, {@link StepBatch}, {@link Draft}, {@link Judge},
 *       {@link HeldBack}, {@link NetworkStep}, {@link Fan}, {@link LaterWidths}, {@link LaterQuantiles}, {@link Listener}, {@link Shadow},
 *       {@link ShadowMemory}, {@link ClosedSteps}, {@link Memory}, {@link MemoryFormat}, {@link Answer}, {@link Threshold}, {@link VectorLoops}.
 *   <li>Experts: simple forecasts, their mixture by realised losses, and how far the network moves it. {@link Experts}, {@link ExpertNames},
 *       {@link Expert}, {@link LastValue}, {@link SlotMean}, {@link SeasonalAr}, {@link WeightedLags}, {@link YoungRange}, {@link DirectRegression},
 *       {@link Analogs}, {@link VectorMoments}, {@link Runs}, {@link VectorRuns}, {@link YuleWalker}, {@link Autocovariances}, {@link Levinson},
 *       {@link VectorLevinson}, {@link Polynomial}, {@link PolynomialFit}, {@link Delays}, {@link SlowProfile}, {@link ProfileFit}, {@link Regression},
 *       {@link LeastSquares}, {@link Losses}, {@link Sharpness}, {@link Mixture}, {@link VectorMixture}, {@link Stacking}, {@link StackFit},
 *       {@link Waiting}, {@link Buckets}, {@link Trust}, {@link Heavy}, {@link NetworkTrust}.
 *   <li>Widths: what is remembered of how wide intervals must be. {@link Pending}, {@link Leads}, {@link FineWidths}, {@link SlotErrors},
 *       {@link VectorWidths}, {@link NetworkSpread}.
 *   <li>Scores: how odd a value is, by which channel, with which p-value, and what becomes of it: incidents, rules, verdicts. {@link Scoring},
 *       {@link Channel}, {@link Surprise}, {@link Novelty}, {@link Burst}, {@link Silence}, {@link Tail}, {@link Evidence}, {@link Peaks},
 *       {@link Calibration}, {@link NewLevel}, {@link Aftermath}, {@link Incident}, {@link AlarmRule}, {@link Hold}, {@link Verdict}, {@link Verdicts}.
 *   <li>Inputs: what enters a network, and the state that it leaves. {@link Inputs}, {@link Covariates}, {@link NetworkState}, {@link NewWeights},
 *       {@link Rewarming}.
 *   <li>Past: the recent values of a series, their level, scale and season. {@link History}, {@link Ring}, {@link SeasonFinder}, {@link SlotMeans},
 *       {@link Past}, {@link Profile}, {@link VectorProfile}, {@link Calendar}, {@link Gap}.
 *   <li>Readings: those of a step that is not over. {@link Inbox}, {@link OpenSteps}, {@link OpenCovariates}, {@link Counter}, {@link Labels}.
 *   <li>Numbers: means, small numbers, and how they become bytes. {@link Ewma}, {@link Asinh}, {@link Dither}, {@link Half}, {@link VectorHalves},
 *       {@link Bulk}, {@link ArrayRoom}, {@link Expected}.
 * </ul>
 */
@NullMarked
package io.eddy.model;

import org.jspecify.annotations.NullMarked;
