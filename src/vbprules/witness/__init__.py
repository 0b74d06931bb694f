"""Small dossiers on which conditions hold, or a norm has a wanted state, each confirmed by evaluation.

The front is ``vbprules.witness.witness``: ``witness(program, norm, wanted)`` and ``satisfying(program, entity, goals)``
"""
