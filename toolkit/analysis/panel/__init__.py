"""Judged from the national panel: what some 150 authorities over several years say about one authority's figure.

One model per measure (``fit_panel``) says how much an authority of that size bounces, how far authorities truly differ
and how England moved. From it follow the word for a change (``changes``), the range of a rank (``standing``) and the
probability of reaching a target (``targets``). Where there is no panel, ``Basis`` says so and ``differences`` tests the
two figures alone. Pure functions of arrays and frames, on the scale of the model; nothing here is random.
"""
