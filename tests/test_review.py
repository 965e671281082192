"""The door of the notebooks."""

import inspect

from toolkit.review import Review
from toolkit.review import review as review_module
from toolkit.review.published import Published


def answers() -> dict[str, object]:
    return {name: kind for name, kind in vars(Review).items() if hasattr(kind, "__wrapped__") and name[0] != "_"}


def test_every_question_is_a_function_over_the_frames_and_keeps_its_help():
    """Whoever types `review.headline?` in a notebook reads what the page's function says of itself."""
    for name, method in answers().items():
        function = method.__wrapped__
        assert function.__name__ == name
        assert method.__doc__ == function.__doc__
        assert function.__doc__
        assert next(iter(inspect.signature(function).parameters.values())).annotation == Published.__name__


def test_completion_in_jupyterlab_offers_every_question():
    """Nothing is looked up behind the reader's back: what a review answers is what `dir` lists."""
    assert {"headline", "voices", "exceptions", "paper", "judgements", "setting"} <= set(dir(Review))
    assert len(answers()) >= 50


def test_no_question_takes_the_name_of_what_the_module_uses():
    """Else the order of the questions would decide what a name means."""
    questions = {name for name in vars(Review) if not name.startswith("_")}

    assert questions & set(vars(review_module)) == set()
