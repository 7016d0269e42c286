"""Writes the models of KerasModelTest and what Keras itself forecasts with them: python3 make.py FOLDER, with Keras 3.

Random weights; the text files hold the outputs after 200 steps of inputs x[t][i] = sin((t + 1) * (i + 1) / 10). DL4J reads the layout of
Keras 2: the files of Keras 3 are written again in that one, but for one.
"""
import json
import os
import shutil
import sys

import h5py
import keras
import numpy

L = keras.layers
folder = sys.argv[1]
random = numpy.random.default_rng(1)
x = numpy.sin(numpy.outer(numpy.arange(1, 201), numpy.arange(1, 11)) / 10)[None].astype("float32")


def plain(config):
    """A layer's configuration as Keras 2 wrote it."""
    if isinstance(config, list):
        return [plain(each) for each in config]
    if not isinstance(config, dict):
        return config
    if config.get("class_name") == "DTypePolicy":
        return config["config"]["name"]
    names = {"batch_shape": "batch_input_shape"}
    left_out = ("module", "registered_name", "build_config", "compile_config")
    return {names.get(key, key): plain(value) for key, value in config.items() if key not in left_out}


def as_keras2(path):
    with h5py.File(path, "r+") as file:
        file.attrs["keras_version"] = "2.15.0"
        file.attrs["backend"] = "tensorflow"
        file.attrs["model_config"] = json.dumps(plain(json.loads(file.attrs["model_config"])))
        groups = file["model_weights"]
        groups.attrs["keras_version"] = "2.15.0"
        groups.attrs["backend"] = "tensorflow"
        for layer in groups.attrs["layer_names"]:
            group = groups[layer]
            names = [n.decode() if isinstance(n, bytes) else n for n in group.attrs.get("weight_names", [])]
            values = [numpy.array(group[name]) for name in names]
            for key in list(group.keys()):
                del group[key]
            name = layer.decode() if isinstance(layer, bytes) else layer
            cell = name + "/lstm_cell/" if "lstm" in name else name + "/gru_cell/" if "gru" in name else name + "/"
            new = [cell + old.split("/")[-1] + ":0" for old in names]
            for n, value in zip(new, values):
                group.create_dataset(n, data=value)
            group.attrs["weight_names"] = [n.encode() for n in new]


def save(name, *layers):
    model = keras.Sequential([keras.Input((None, 10)), *layers])
    model.set_weights([w + 0.3 * random.standard_normal(w.shape) for w in model.get_weights()])
    path = os.path.join(folder, name)
    model.save(path + ".h5")
    if name == "lstm":
        shutil.copy(path + ".h5", path + "-keras3.h5")
    as_keras2(path + ".h5")
    numpy.savetxt(path + ".txt", model.predict(x, verbose=0).reshape(-1, model.output_shape[-1])[-1], "%.7g")


save("lstm", L.LSTM(8), L.Dense(15))
save("stacked", L.LSTM(8, return_sequences=True), L.Dropout(0.2), L.LSTM(8, return_sequences=True), L.Dense(15))
save("hard-sigmoid", L.LSTM(8, recurrent_activation="hard_sigmoid"), L.Dense(15))
save("gru", L.GRU(8), L.Dense(15))
save("units", L.LSTM(8), L.Dense(14))
